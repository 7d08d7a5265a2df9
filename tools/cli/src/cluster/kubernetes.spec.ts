import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../user-error.ts';
import { openCluster } from './kubernetes.ts';

let folder: string;
let server: Server;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.close();
  await rm(folder, { recursive: true });
});

/** A cluster whose API server answers as told; nobody listens once `closed`. */
async function clusterThat(listener: RequestListener, closed = false) {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (closed) server.close();
  const config = {
    'current-context': 'other',
    clusters: [{ name: 'c', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user: { token: 't' } }],
    contexts: [{ name: 'spec-none', context: { cluster: 'c', user: 'u' } }],
  };
  await writeFile(join(folder, 'config'), JSON.stringify(config));
  vi.stubEnv('KUBECONFIG', join(folder, 'config'));
  return openCluster('spec-none');
}

const failure = async (cluster: Awaited<ReturnType<typeof clusterThat>>) =>
  (await cluster.core.listNamespace().catch((error: unknown) => error)) as UserError;

describe('a cluster', () => {
  it('answers', async () => {
    const cluster = await clusterThat((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ items: [{ metadata: { name: 'argocd' } }] }));
    });
    const { items } = await cluster.core.listNamespace();
    expect(items.map(({ metadata }) => metadata?.name)).toEqual(['argocd']);
  });

  it('that refuses the credentials says so to people', async () => {
    const error = await failure(await clusterThat((_, response) => response.writeHead(401).end()));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/refuses the credentials in your kubeconfig/);
    expect(error.hint).toMatch(/npm run up/);
  });

  it('that is gone says so to people', async () => {
    const error = await failure(await clusterThat(() => undefined, true));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/The cluster "spec-none" .*ECONNREFUSED/);
  });

  it('that is in no kubeconfig is named', () => {
    expect(() => openCluster('spec-nowhere')).toThrow(
      /no cluster "spec-nowhere" in your kubeconfig/,
    );
  });
});
