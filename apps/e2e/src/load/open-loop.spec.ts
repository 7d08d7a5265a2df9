import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { waitUntil } from '../page/wait-until.ts';
import { keepConnections } from './kept-connections.ts';
import { describeFailures, startLoad, type LoadRequest } from './open-loop.ts';

const connections = keepConnections();
let server: Server;
afterEach(() => {
  connections.close();
  server.closeAllConnections();
  server.close();
});

/** A mix of one request to a server that answers as told. */
async function requestTo(listener: RequestListener): Promise<LoadRequest> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const expected = ({ status }: { status: number }) =>
    status === 200 ? undefined : `status ${status}`;
  return { name: 'GET /', send: () => connections.get(url, {}, expected) };
}

it('goes on sending while nothing is answered', async () => {
  const waiting: (() => void)[] = [];
  const request = await requestTo((_, response) => waiting.push(() => response.end('ok')));
  const load = startLoad(100, [request]);
  await waitUntil('ten requests wait', () => Promise.resolve(waiting.length >= 10));
  const report = load.stop();
  // Those on their way arrive after the load has stopped.
  const timer = setInterval(() => waiting.splice(0).forEach((answer) => answer()), 5);
  const { sent, failures } = await report;
  clearInterval(timer);
  expect(sent).toBeGreaterThanOrEqual(10);
  expect(failures).toEqual([]);
});

it('tells every failure with its cause', async () => {
  let count = 0;
  const request = await requestTo((incoming, response) => {
    count += 1;
    if (count === 2) incoming.socket.destroy();
    else response.writeHead(count === 3 ? 503 : 200).end('ok');
  });
  const load = startLoad(50, [request]);
  await waitUntil('all were sent', () => Promise.resolve(count >= 5));
  const { failures } = await load.stop();
  expect(failures.map(({ cause }) => cause).sort()).toEqual([
    expect.stringMatching(/^ECONNRESET on a (kept|new) connection$/),
    'status 503',
  ]);
  expect(describeFailures(failures)).toContain('1 × GET /: status 503');
});
