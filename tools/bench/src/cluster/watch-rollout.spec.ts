import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { arrivedAt } from './rollout-record.ts';
import { watchRollout } from './watch-rollout.ts';

/** An API server of which only watches are asked. */
let server: Server;
let folder: string;
let open: { path: string; response: ServerResponse }[];

const pod = (name: string, tag: string) => ({
  metadata: { name },
  spec: { containers: [{ image: `localhost:5000/todo/backend:${tag}` }] },
});
const slice = (...ready: string[]) => ({
  metadata: { name: 'backend-service-x' },
  endpoints: ready.map((name) => ({ conditions: { ready: true }, targetRef: { name } })),
});
const tell = (path: string, object: object) => {
  const watch = open.findLast((one) => one.path.includes(path));
  watch?.response.write(`${JSON.stringify({ type: 'MODIFIED', object })}\n`);
};

beforeEach(async () => {
  open = [];
  server = createServer((request, response) => {
    const path = request.url ?? '';
    open.push({ path, response });
    response.writeHead(200).flushHeaders();
    // What is there already comes first.
    if (path.includes('/pods')) tell('/pods', pod('old', '1'));
    if (path.includes('/endpointslices')) tell('/endpointslices', slice('old'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config = {
    clusters: [{ name: 'one', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'me', user: {} }],
    contexts: [{ name: 'one', context: { cluster: 'one', user: 'me' } }],
    'current-context': 'one',
  };
  await writeFile(join(folder, 'config'), JSON.stringify(config));
  vi.stubEnv('KUBECONFIG', join(folder, 'config'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

it('sees a version arrive, also when a watch ends on the way', async () => {
  const { record, stop } = await watchRollout({ context: 'one', namespace: 'dev', app: 'backend' });
  const arrival = { tag: '2', replicas: 1, after: 0 };
  try {
    const first = open.find(({ path }) => path.includes('/pods'));
    first?.response.end();
    await vi.waitUntil(() => open.filter(({ path }) => path.includes('/pods')).length === 2);
    tell('/pods', pod('new', '2'));
    tell('/endpointslices', slice('old', 'new'));
    await vi.waitUntil(() => record.endpoints.at(-1)?.ready.length === 2);
    expect(arrivedAt(record, arrival)).toBeUndefined();
    tell('/endpointslices', slice('new'));
    await vi.waitUntil(() => arrivedAt(record, arrival) !== undefined);
  } finally {
    stop();
  }
});
