import { spawn, type ChildProcess } from 'node:child_process';
import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { ReadableStream } from 'node:stream/web';
import { afterEach, expect, it } from 'vitest';
import { openUpstream, type UpstreamRequest } from './open-upstream.ts';

const ends: (() => unknown)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const requestTo = (port: number, more: Partial<UpstreamRequest> = {}): UpstreamRequest => ({
  target: new URL(`http://127.0.0.1:${port}/`),
  method: 'GET',
  headers: {},
  body: null,
  signal: new AbortController().signal,
  ...more,
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a server as soon as `attempts` connections to it have failed. */
function listenAfter(attempts: number, server: Server, port: number): void {
  let failed = 0;
  const onSocket = (message: unknown) => {
    (message as { socket: Socket }).socket.once('error', () => {
      failed += 1;
      if (failed === attempts) server.listen(port, '127.0.0.1');
    });
  };
  diagnostics.subscribe('net.client.socket', onSocket);
  ends.push(() => diagnostics.unsubscribe('net.client.socket', onSocket));
}

/** A server whose kernel drops whoever asks for a connection, as a pod's address does once it is gone. */
async function deafServer(): Promise<number> {
  const source = `const s = require('net').createServer().listen(
    { port: 0, host: '127.0.0.1', backlog: 1 }, () => process.stdout.write(String(s.address().port)))`;
  const child: ChildProcess = spawn(process.execPath, ['--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  ends.push(() => child.kill('SIGKILL'));
  if (!child.stdout) throw new Error('no output');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(line.toString());
  child.kill('SIGSTOP');
  // Those that it will never accept fill its queue.
  for (let waiting = 0; waiting < 8; waiting += 1) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    ends.push(() => socket.destroy());
  }
  return port;
}

it.each([1, 3])(
  'tries again after %d refused connections, with the whole body',
  async (refused) => {
    const port = await freePort();
    const server = createServer(async (request, response) => response.end(await text(request)));
    ends.push(() => server.close());
    listenAfter(refused, server, port);
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(Buffer.from('buy milk'));
        controller.close();
      },
    });
    const answer = await openUpstream(requestTo(port, { method: 'POST', body }));
    expect(await text(answer)).toBe('buy milk');
  },
);

it('gives up on an address that does not answer, and says so', async () => {
  const port = await deafServer();
  await expect(openUpstream(requestTo(port, { connectMs: 50 }))).rejects.toThrow(
    `no connection to 127.0.0.1:${port} in 50 ms`,
  );
});

it('does not send a request twice: one that arrived and was cut off fails', async () => {
  let requests = 0;
  const server = createServer((request) => {
    requests += 1;
    request.socket.destroy();
  }).listen(0, '127.0.0.1');
  ends.push(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(openUpstream(requestTo(port))).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(requests).toBe(1);
});

it('stops trying when the browser leaves', async () => {
  const browser = new AbortController();
  const request = openUpstream(requestTo(await deafServer(), { signal: browser.signal }));
  browser.abort();
  await expect(request).rejects.toMatchObject({ name: 'AbortError' });
});
