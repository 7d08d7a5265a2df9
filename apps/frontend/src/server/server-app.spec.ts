import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { loadConfig } from '@todo/service';
import { configSchema } from '../config.ts';
import { plainRequest } from './plain-request.ts';
import { createServerApp } from './server-app.ts';

const quiet = { LOG_LEVEL: 'error' };

it('is ready while the backend is alive, and says which part is missing when it is not', async () => {
  const backend = createServer((request, response) => {
    response.statusCode = request.url === '/healthz' ? 200 : 404;
    response.end();
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  const BACKEND_URL = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  const { service } = createServerApp(loadConfig(configSchema, { ...quiet, BACKEND_URL }));
  expect((await service.request('/readyz')).status).toBe(200);

  backend.closeAllConnections();
  await new Promise((resolve) => backend.close(resolve));
  const response = await service.request('/readyz');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ checks: { backend: 'failed' } });
  expect((await service.request('/healthz')).status).toBe(200);
});

it('gives the backend its request id, so that one request has one name in all logs', async () => {
  const backend = createServer((request, response) => {
    response.setHeader('x-request-id', request.headers['x-request-id'] ?? 'none');
    response.end(request.headers['x-request-id']);
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  const BACKEND_URL = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  const { service } = createServerApp(loadConfig(configSchema, { ...quiet, BACKEND_URL }));
  const response = await service.request('/api/tasks');
  const id = await response.text();
  expect(id).not.toBe('');
  expect(response.headers.get('x-request-id')).toBe(id);
  backend.close();
});

it('refuses a backend address that is no http URL, by the name of the variable', () => {
  expect(() => loadConfig(configSchema, { BACKEND_URL: 'backend:8000' })).toThrow(/BACKEND_URL/);
});

it('forwards what Next.js wraps: a request behind a Proxy, a DELETE without a body', async () => {
  const original = new Request('http://localhost/api/tasks/1', { method: 'DELETE', body: '' });
  const wrapped = new Proxy(original, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  const plain = plainRequest(wrapped);
  expect(() => new Request(plain)).not.toThrow();
  expect([plain.method, plain.body]).toEqual(['DELETE', null]);
});
