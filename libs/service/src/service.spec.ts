import { HTTPException } from 'hono/http-exception';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HttpProblem } from './http-problem.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { readJson } from './read-json.ts';
import { createService, type Service } from './service.ts';

let lines: string[];
let app: Service;
let database: () => Promise<void>;

beforeEach(() => {
  lines = [];
  database = () => Promise.resolve();
  app = createService({
    name: 'test',
    logger: createLogger({
      service: 'test',
      destination: { write: (line) => void lines.push(line) },
    }),
    metrics: createMetrics('test'),
    checks: { database: () => database() },
  });
});

describe('probes', () => {
  it('is alive whatever its dependencies do', async () => {
    database = () => Promise.reject(new Error('no route'));
    const response = await app.request('/healthz');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ok' });
  });

  it('is ready when its dependencies are', async () => {
    const response = await app.request('/readyz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ready', checks: { database: 'ok' } });
  });

  it('names the dependency that is missing, and logs why once', async () => {
    database = () => Promise.reject(new Error('password of db.example is wrong'));
    await app.request('/readyz');
    const response = await app.request('/readyz');
    const text = await response.text();
    expect(response.status).toBe(503);
    expect(JSON.parse(text)).toEqual({ status: 'not ready', checks: { database: 'failed' } });
    expect(lines.filter((line) => line.includes('db.example'))).toHaveLength(1);
  });

  it('does not wait for a dependency that hangs', async () => {
    database = () => new Promise(() => undefined);
    const response = await app.request('/readyz');
    expect(await response.json()).toMatchObject({ checks: { database: 'timed out' } });
  });

  it('are not logged', async () => {
    await app.request('/healthz');
    await app.request('/readyz');
    await app.request('/metrics');
    expect(lines).toEqual([]);
  });
});

describe('requests', () => {
  it('are logged with their id, which the client may choose', async () => {
    app.get('/tasks/:id', (c) => {
      c.var.logger.info('inside');
      return c.text('ok');
    });
    const response = await app.request('/tasks/7', { headers: { 'x-request-id': 'abc' } });
    expect(response.headers.get('x-request-id')).toBe('abc');
    const [inside, request] = lines.map((line) => JSON.parse(line));
    expect(inside).toMatchObject({ requestId: 'abc', service: 'test', msg: 'inside' });
    expect(request).toMatchObject({ requestId: 'abc', method: 'GET', status: 200, level: 'info' });
  });

  it('are measured by route, never by path', async () => {
    app.get('/tasks/:id', (c) => c.text('ok'));
    await app.request('/tasks/7');
    await app.request('/nowhere/at/all');
    const metrics = await (await app.request('/metrics')).text();
    expect(metrics).toContain('http_request_duration_seconds_count');
    expect(metrics).toContain('route="/tasks/:id",status="200"');
    expect(metrics).toContain('route="unmatched",status="404"');
    expect(metrics).not.toContain('/nowhere');
    expect(metrics).toContain('process_cpu_seconds_total');
  });

  it('have their secrets hidden in logs', () => {
    const logger = createLogger({
      service: 'test',
      destination: { write: (line) => void lines.push(line) },
    });
    logger.info({ password: 'p1', headers: { authorization: 'p2', 'set-cookie': 'p3' } });
    logger.info({ req: { headers: { cookie: 'p4' } }, body: { token: 'p5' } });
    expect(lines.join()).not.toMatch(/p[1-5]"/);
    expect(lines.join().match(/\[redacted\]/g)).toHaveLength(5);
  });
});

describe('errors', () => {
  const problemFor = async (error: Error) => {
    app.get('/fails', () => {
      throw error;
    });
    const response = await app.request('/fails');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    return response.json();
  };

  it('of the client are problem details', async () => {
    expect(
      await problemFor(new HttpProblem(404, 'task_not_found', 'No such task.', 'No task x.')),
    ).toEqual({
      type: 'about:blank',
      title: 'No such task.',
      status: 404,
      code: 'task_not_found',
      detail: 'No task x.',
    });
    expect(lines.join()).not.toContain('request failed');
  });

  it('of ours are logged, and their text stays inside', async () => {
    const problem = await problemFor(new Error('connect to 10.0.0.7 failed'));
    expect(problem).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(problem)).not.toContain('10.0.0.7');
    expect(lines.join()).toContain('10.0.0.7');
  });

  it('of Hono keep their status, and their text only below 500', async () => {
    expect(await problemFor(new HTTPException(400, { message: 'Malformed JSON' }))).toMatchObject({
      status: 400,
      detail: 'Malformed JSON',
    });
  });

  it('say that a path is unknown', async () => {
    const response = await app.request('/nowhere');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not_found' });
  });
});

describe('JSON bodies', () => {
  const post = async (body: string) => {
    app.post('/things', async (c) => c.json(await readJson(c, z.strictObject({ n: z.int() }))));
    const response = await app.request('/things', { method: 'POST', body });
    return { status: response.status, body: await response.json() };
  };

  it('reach the handler parsed', async () => {
    expect(await post('{"n": 1}')).toEqual({ status: 200, body: { n: 1 } });
  });

  it('that are not JSON are refused', async () => {
    expect(await post('{"n": ')).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
  });

  it('that do not fit are refused by field', async () => {
    expect(await post('{"n": "one"}')).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path: 'n' }] },
    });
  });

  it('that are too large are refused', async () => {
    expect(await post(JSON.stringify({ n: 'x'.repeat(2 * 1024 * 1024) }))).toMatchObject({
      status: 413,
      body: { code: 'too_large' },
    });
  });
});
