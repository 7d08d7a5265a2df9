import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { serve, type RunningServer } from './serve.ts';
import { createService } from './service.ts';

const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
const newApp = () => createService({ name: 'test', logger, metrics: createMetrics('test') });

let servers: RunningServer[] = [];
const start = async (
  app = newApp(),
  options: { port?: number; graceMs?: number; onClose?: () => Promise<void> } = {},
) => {
  const server = await serve(app, { host: '127.0.0.1', port: 0, logger, ...options });
  servers.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

describe('serve', () => {
  it('answers at the url that it resolves to', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('says which port is in use and what to do', async () => {
    const { port } = await start();
    await expect(start(newApp(), { port })).rejects.toThrow(
      `Port ${port} is in use. Another process listens on it. Stop that process or set PORT to a free port.`,
    );
  });

  it('serves on while it drains, and sends clients with open connections elsewhere', async () => {
    const app = newApp();
    const ended = Promise.withResolvers<undefined>();
    const server = await start(app, {
      graceMs: 300,
      onClose: async () => ended.resolve(undefined),
    });
    const connection = async () => (await fetch(`${server.url}/healthz`)).headers.get('connection');
    expect(await connection()).toBe('keep-alive');
    const closed = server.close();
    expect(await connection()).toBe('close');
    await Promise.all([ended.promise, closed]);
  });

  it('finishes running requests, then releases what the app holds, then refuses connections', async () => {
    const order: string[] = [];
    const app = newApp();
    const arrived = Promise.withResolvers<undefined>();
    const finish = Promise.withResolvers<undefined>();
    app.get('/slow', async (c) => {
      arrived.resolve(undefined);
      await finish.promise;
      order.push('request');
      return c.text('done');
    });
    const server = await start(app, { onClose: async () => void order.push('onClose') });
    await fetch(`${server.url}/healthz`);
    const slow = fetch(`${server.url}/slow`).then((response) => response.text());
    await arrived.promise;
    const closed = server.close();
    expect((await app.request('/readyz')).status).toBe(503);
    finish.resolve(undefined);
    expect(await slow).toBe('done');
    await closed;
    expect(order).toEqual(['request', 'onClose']);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  });
});

describe('a service process', () => {
  it('fails readiness on SIGTERM, still answers during the grace period, and exits with 0', async () => {
    const child = spawn(process.execPath, [`${import.meta.dirname}/testing/service-process.ts`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'exit');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const nextLine = async (text: string) => {
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw new Error(`The process ended before it logged "${text}".`);
        if (value.includes(text)) return JSON.parse(value);
      }
    };
    const { port } = await nextLine('listening');
    const ready = () => fetch(`http://127.0.0.1:${port}/readyz`);
    expect((await ready()).status).toBe(200);
    child.kill('SIGTERM');
    await nextLine('shutting down');
    const draining = await ready();
    expect(draining.status).toBe(503);
    expect(await draining.json()).toMatchObject({ status: 'draining' });
    await nextLine('closed');
    expect(await exit).toEqual([0, null]);
  });
});
