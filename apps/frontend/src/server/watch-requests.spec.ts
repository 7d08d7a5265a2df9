import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger, createMetrics } from '@todo/service';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { watchRequests } from './watch-requests.ts';

const lines: Record<string, unknown>[] = [];
const metrics = createMetrics('test');
let server: Server | undefined;

beforeAll(() => {
  watchRequests({
    config: { TRUSTED_PROXIES: '127.0.0.2' },
    logger: createLogger({
      service: 'test',
      destination: { write: (line) => void lines.push(JSON.parse(line) as never) },
    }),
    metrics,
  });
});
afterEach(() => {
  lines.length = 0;
  server?.closeAllConnections();
  server?.close();
});

/** Sends a request and returns the headers that a handler sees. */
async function seen(path: string, headers: Record<string, string> = {}) {
  let handled: IncomingHttpHeaders = {};
  server = createServer((request, response) => {
    handled = request.headers;
    response.statusCode = path === '/nowhere' ? 404 : 200;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  return handled;
}

it('replaces an address that the client made up by the one it connects from', async () => {
  const headers = await seen('/api/auth/sign-in/email', { 'x-forwarded-for': '1.2.3.4, 5.6.7.8' });
  expect(headers['x-forwarded-for']).toBe('127.0.0.1');
  expect((await seen('/api/tasks'))['x-forwarded-for']).toBe('127.0.0.1');
});

it('logs and measures pages by their path, never by their query', async () => {
  const { 'x-request-id': requestId } = await seen('/?conversation=secret');
  await expect.poll(() => lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ requestId, method: 'GET', path: '/', route: '/', status: 200 });
  expect(JSON.stringify(lines)).not.toContain('secret');
  await seen('/nowhere');
  await expect.poll(() => lines).toHaveLength(2);
  const text = await metrics.registry.metrics();
  expect(text).toContain('http_request_duration_seconds_count');
  expect(text).toContain('method="GET",route="/",status="200"');
  expect(text).toContain('route="unmatched",status="404"');
});

it('leaves probes, assets and the API to others', async () => {
  for (const path of ['/healthz', '/readyz', '/metrics', '/_next/static/x.js', '/api/tasks'])
    await seen(path);
  await seen('/');
  await expect.poll(() => lines).toHaveLength(1);
  expect(lines).toMatchObject([{ path: '/' }]);
});
