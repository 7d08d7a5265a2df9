import { createDatabase } from '@todo/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { startBackend, type TestBackend } from './testing/backend.ts';

let backend: TestBackend;

beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend.stop());

test('the OpenAPI document lists every route', async () => {
  const response = await backend.app.request('/api/openapi.json');
  const { openapi, paths } = (await response.json()) as {
    openapi: string;
    paths: Record<string, Record<string, unknown>>;
  };
  expect(openapi).toBe('3.1.0');
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = backend.app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
    .filter(({ path }) => !path.includes('*') && path !== '/api/openapi.json')
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  expect(served.length).toBeGreaterThan(8);
  expect(listed).toEqual(expect.arrayContaining(served));
  expect(listed).toContain('POST /api/auth/sign-in/email');
  expect(listed).toContain('GET /api/auth/jwks');
});

test('it is ready on a migrated database', async () => {
  const response = await backend.app.request('/readyz');
  expect(await response.json()).toEqual({ status: 'ready', checks: { database: 'ok' } });
});

test('it is alive but not ready without a database', async () => {
  const database = createDatabase('postgresql://todo:x@127.0.0.1:1/none');
  const app = createApp({ ...backend.replica(), db: database.db });
  expect((await app.request('/healthz')).status).toBe(200);
  expect((await app.request('/readyz')).status).toBe(503);
  const failed = await app.request('/api/auth/jwks');
  expect(failed.status).toBe(503);
  expect(await failed.text()).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|select/);
  const line = backend.log.findLast((text) => text.includes('request failed'));
  expect(line).toContain('ECONNREFUSED');
  await database.close();
});

test('no proxy or browser may keep an answer', async () => {
  const ann = await backend.signUp('ann');
  for (const path of ['/api/tasks', '/api/auth/get-session', '/api/tasks/none'])
    expect((await ann.fetch(path)).headers.get('cache-control')).toMatch(/no-store/);
});

test('an unknown path is a 404 problem', async () => {
  const response = await backend.app.request('/api/nothing');
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
});
