import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { choosePorts } from './ports.ts';

const servers: ReturnType<typeof createServer>[] = [];
async function occupy(port = 0): Promise<number> {
  const server = createServer().listen(port, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

describe('ports of a local run', () => {
  it('are different free ones, one for each service', async () => {
    const usual = { agent: 8001, backend: 8000, frontend: 3000, reminders: 8003 };
    const ports = await choosePorts(usual, 'frontend', 0);
    expect(Object.keys(ports).sort()).toEqual(Object.keys(usual));
    expect(new Set(Object.values(ports)).size).toBe(4);
    await Promise.all(Object.values(ports).map(occupy));
  });

  it('are the next free ones above those that are taken or given away', async () => {
    const taken = await occupy();
    const ports = await choosePorts({ one: taken, other: taken, page: taken }, 'page');
    for (const port of Object.values(ports)) expect(port).toBeGreaterThan(taken);
    expect(new Set(Object.values(ports)).size).toBe(3);
    expect(Math.min(...Object.values(ports))).toBe(ports['page']);
  });

  it('refuse a taken port that was asked for, by its number', async () => {
    const taken = await occupy();
    await expect(choosePorts({ page: 3000 }, 'page', taken)).rejects.toThrow(
      `Port ${taken} is taken`,
    );
  });
});
