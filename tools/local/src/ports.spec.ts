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
  it('are four different free ones', async () => {
    const ports = Object.values(await choosePorts(0));
    expect(new Set(ports).size).toBe(4);
    await Promise.all(ports.map(occupy));
  });

  it('refuse a taken port that was asked for, by its number', async () => {
    const taken = await occupy();
    await expect(choosePorts(taken)).rejects.toThrow(`Port ${taken} is taken`);
  });
});
