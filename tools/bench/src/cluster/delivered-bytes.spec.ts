import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { imageBlobs, newBytes } from './delivered-bytes.ts';

const image = (config: string, ...layers: [string, number][]) => ({
  config: { digest: config, size: 10 },
  layers: layers.map(([digest, size]) => ({ digest, size })),
});
const manifests: Record<string, unknown> = {
  '/v2/todo/backend/manifests/1': image('sha256:c1', ['sha256:base', 5000], ['sha256:app1', 300]),
  '/v2/todo/backend/manifests/2': { manifests: [{ digest: 'sha256:m2', size: 1 }] },
  '/v2/todo/backend/manifests/sha256:m2': image(
    'sha256:c2',
    ['sha256:base', 5000],
    ['sha256:app2', 320],
  ),
};

const server = createServer((request, response) => {
  const found = manifests[request.url ?? ''];
  response.writeHead(found ? 200 : 404).end(JSON.stringify(found ?? {}));
});
afterEach(() => void server.close());

it('counts what a push has to move: the layers that the registry lacked, also behind an index', async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const registry = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const before = await imageBlobs(registry, 'todo/backend:1');
  const after = await imageBlobs(registry, 'todo/backend:2');
  expect(newBytes(before, after)).toBe(330);
  expect(newBytes(after, after)).toBe(0);
  await expect(imageBlobs(registry, 'todo/backend:3')).rejects.toThrow(/not in the registry: 404/);
});
