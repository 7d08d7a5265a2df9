import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { command } from './cluster/command.ts';
import { describeOnCluster, profile } from './cluster/on-cluster.ts';
import { applicationState } from './cluster/pods.ts';
import { makeScratchClone, type ScratchClone } from './cluster/scratch-clone.ts';
import { statusOf } from './cluster/todo.ts';
import { waitUntil } from './page/wait-until.ts';

interface Promoted {
  commit: string;
  changed: Record<string, object>;
  waits: string | null;
  restarted: string[];
}

describeOnCluster('prod', () => {
  let clone: ScratchClone;
  let start: string;
  const kubectl = (...args: string[]) => command('kubectl', ['--context', profile, ...args]);
  const prod = (...args: string[]) => kubectl('-n', 'chatbot-prod', ...args);
  const pods = () => prod('get', 'pods', '-o', 'name');
  const promote = async (...flags: string[]) =>
    (await clone.script('promote', '--profile', profile, '--yes', ...flags)) as Promoted;
  const password = (namespace: string) =>
    kubectl(
      ...['-n', namespace, 'get', 'secret', 'database-secrets'],
      ...['-o', 'jsonpath={.data.POSTGRES_PASSWORD}'],
    );

  beforeAll(async () => {
    clone = await makeScratchClone();
    start = await clone.git('rev-parse', 'HEAD');
  }, 300_000);
  afterAll(async () => {
    // The next run finds prod as it was: never promoted.
    if ((await clone.git('remote')).includes('minikube')) {
      await clone.git('push', '--quiet', '--force', 'minikube', `${start}:refs/heads/main`);
      // The root Application makes it anew, without a history.
      await kubectl('-n', 'argocd', 'delete', 'application', 'todo-prod');
      await prod('delete', 'deployments,statefulsets,jobs', '--all');
      await prod('delete', 'services,ingresses,networkpolicies,pdb,configmaps', '--all');
      await prod('delete', 'pvc,secrets', '--all');
      const isBack = async () =>
        (await applicationState(profile, 'todo-prod').catch(() => undefined))?.sync === 'OutOfSync';
      await waitUntil('prod waits for its first promotion again', isBack, 60_000);
    }
    await clone.remove();
  }, 180_000);

  it('troubles nobody before its first promotion', async () => {
    expect(await applicationState(profile, 'root')).toMatchObject({
      sync: 'Synced',
      health: 'Healthy',
    });
    const status = await statusOf(profile, '--env', 'prod');
    expect(status).toMatchObject({ empty: true, services: [], drift: [], attention: [] });
    expect(await pods()).toBe('');
    const wait = clone.script('wait', '--env', 'prod', '--profile', profile);
    await expect(wait).rejects.toThrow(/prod has no images yet[^]*npm run promote/);
  }, 60_000);

  it('is not promoted to before somebody says where its database is', async () => {
    await expect(promote()).rejects.toThrow(/database of prod[^]*TODO_PROD_DATABASE_URL/);
    expect(await clone.git('rev-parse', 'HEAD')).toBe(start);
  }, 60_000);

  it('gets dev’s images by one commit, and waits for a person', async () => {
    // As small as one node beside dev needs it, with a database of its own.
    await writeFile(join(clone.folder, 'gitops/environments/prod/values.yaml'), SMALL);
    await clone.git('commit', '--quiet', '--all', '--message', 'Run prod small');
    const { commit, changed, waits } = await promote();
    expect(Object.keys(changed)).toEqual(['agent', 'backend', 'frontend', 'mcp', 'migrations']);
    expect(waits).toContain('todo-prod waits for a person to press Sync');
    expect(await clone.git('show', '--format=', '--name-only', commit)).toBe(
      'gitops/environments/prod/images.yaml',
    );
    await waitUntil('Argo CD has seen it', async () => {
      const { revision, sync } = await applicationState(profile, 'todo-prod');
      return revision === commit && sync === 'OutOfSync';
    });
    expect(await pods()).toBe('');
    expect((await statusOf(profile, '--env', 'prod')).attention).toEqual([
      expect.stringContaining('press Sync'),
    ]);
  }, 120_000);

  it('runs them after --sync, with Secrets of its own, behind the ingress', async () => {
    const { changed, waits, restarted } = await promote('--sync');
    expect({ changed, waits }).toEqual({ changed: {}, waits: null });
    expect(restarted).toEqual(['agent', 'backend', 'frontend', 'mcp']);
    expect(await applicationState(profile, 'todo-prod')).toMatchObject({ sync: 'Synced' });
    expect(await password('chatbot-prod')).not.toBe(await password('chatbot-dev'));
    await waitUntil(
      'the page answers at the host of prod',
      async () => (await statusAt('todo.example.com')) === 200,
    );
    const { services, attention } = await statusOf(profile, '--env', 'prod');
    expect({ attention, count: services.length }).toEqual({ attention: [], count: 6 });
  }, 300_000);

  it('restarts nothing when it is promoted the same again', async () => {
    expect(await promote('--sync')).toMatchObject({ changed: {}, waits: null, restarted: [] });
  }, 120_000);
});

/** Asks the ingress for a host's page. */
function statusAt(host: string): Promise<number> {
  const { port } = new URL(process.env['E2E_INGRESS_URL'] ?? 'http://localhost');
  return new Promise((resolve, reject) => {
    request({ host: 'localhost', port, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

const SMALL = `
global:
  ingress: { enabled: true, hosts: [todo.example.com] }
postgres: { resources: { requests: { cpu: 10m } } }
frontend:
  replicas: 1
  service: { type: ClusterIP, nodePort: null }
  resources: { requests: { cpu: 10m } }
backend: { replicas: 1, resources: { requests: { cpu: 10m } } }
agent: { resources: { requests: { cpu: 10m } } }
mcp: { resources: { requests: { cpu: 10m } } }
`;
