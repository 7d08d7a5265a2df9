import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openArgocd, type ArgocdApi } from './cluster/argocd-api.ts';
import { command } from './cluster/command.ts';
import { baseUrl, describeOnCluster, profile } from './cluster/on-cluster.ts';
import { applicationState, podsByService } from './cluster/pods.ts';
import { returnTo } from './cluster/return-to.ts';
import { makeScratchClone, type ScratchClone } from './cluster/scratch-clone.ts';
import { waitUntil } from './page/wait-until.ts';

interface Deployed {
  commit: string;
  changed: Record<string, { from: string; to: string }>;
  restarted: string[];
}

describeOnCluster('the way back', () => {
  const newVersion = randomUUID();
  let oldVersion: string;
  let clone: ScratchClone;
  let argocd: ArgocdApi;
  let start: string;
  let shipped: Deployed;
  let rolledBack: Deployed;

  const todo = async (...args: [string, ...string[]]) =>
    (await clone.script(...args, '--profile', profile)) as Deployed;
  const version = async () => {
    const response = await fetch(`${baseUrl}/api/openapi.json`);
    return ((await response.json()) as { info: { version: string } }).info.version;
  };
  const kubectl = (...args: string[]) =>
    command('kubectl', ['--context', profile, '-n', 'argocd', ...args]);
  const isAt = async (commit: string) => {
    const { revision, sync, health } = await applicationState(profile, 'todo-dev');
    return revision === commit && sync === 'Synced' && health === 'Healthy';
  };
  const compareWithGit = async (...applications: string[]) => {
    const refresh = 'argocd.argoproj.io/refresh';
    for (const name of applications) {
      await kubectl('annotate', '--overwrite', 'application', name, `${refresh}=hard`);
    }
    // Argo CD takes the annotation away when it is done.
    await waitUntil('Argo CD has compared with git', async () => {
      const found = await kubectl('get', 'applications', '-o', 'jsonpath={..metadata.annotations}');
      return !found.includes(refresh);
    });
  };
  const rollBackInUi = async (commit: string, expected: string) => {
    await argocd.rollBack('todo-dev', commit);
    await waitUntil(
      `every pod answers as ${expected}`,
      async () => {
        const rollout = [
          '-n',
          'chatbot-dev',
          'rollout',
          'status',
          'deploy/backend',
          '--watch=false',
        ];
        return (
          (await version()) === expected &&
          /successfully rolled out/.test(await kubectl(...rollout))
        );
      },
      60_000,
    );
  };

  beforeAll(async () => {
    [clone, argocd] = await Promise.all([makeScratchClone(), openArgocd(profile)]);
    start = await clone.git('rev-parse', 'HEAD');
    oldVersion = await version();
  }, 300_000);
  afterAll(async () => {
    // The next test begins where this one did: with auto-sync on, at the commit that was there.
    const resume = { spec: { syncPolicy: { automated: { enabled: null } } } };
    await kubectl(
      ...['patch', 'application', 'todo-dev', '--type=merge', '--patch', JSON.stringify(resume)],
    );
    await returnTo(clone, profile, start);
  }, 240_000);

  it('brings the old behaviour back by a commit on top', async () => {
    await clone.edit('apps/backend/src/app.ts', "version: '1'", `version: '${newVersion}'`);
    await clone.git('commit', '--quiet', '--all', '--message', 'Tell a new version');
    shipped = await todo('ship');
    expect(await version()).toBe(newVersion);

    rolledBack = await todo('rollback');
    expect(Object.keys(rolledBack.changed)).toEqual(['backend']);
    expect(rolledBack.restarted).toEqual(['backend']);
    expect(await version()).toBe(oldVersion);
    expect(await clone.git('rev-parse', 'HEAD~1')).toBe(shipped.commit);
    await waitUntil('Argo CD calls it healthy', () => isAt(rolledBack.commit));
  }, 300_000);

  it('lets a rollback in Argo CD’s UI stand, and refuses to ship meanwhile', async () => {
    await rollBackInUi(shipped.commit, newVersion);
    const pods = await podsByService(profile);
    for (let round = 1; round <= 3; round += 1) await compareWithGit('root', 'todo-dev');
    expect((await argocd.application('todo-dev')).spec.syncPolicy.automated?.enabled).toBe(false);
    expect(await podsByService(profile)).toEqual(pods);
    expect(await version()).toBe(newVersion);
    await expect(todo('ship')).rejects.toThrow(/rollback -- --adopt[^]*npm run resume/);
  }, 180_000);

  it('adopts it: git has what runs, auto-sync is on again, and no pod restarts', async () => {
    const pods = await podsByService(profile);
    const adopted = await todo('rollback', '--adopt');
    expect(adopted.changed['backend']?.to).toBe(rolledBack.changed['backend']?.from);
    expect(adopted.restarted).toEqual([]);
    expect(await podsByService(profile)).toEqual(pods);
    const { spec } = await argocd.application('todo-dev');
    expect(spec.syncPolicy.automated?.enabled).not.toBe(false);
    await waitUntil('Argo CD calls it healthy', () => isAt(adopted.commit));
  }, 180_000);

  it('or resumes: git wins over a rollback in the UI', async () => {
    await rollBackInUi(rolledBack.commit, oldVersion);
    const resumed = await todo('resume');
    expect(resumed.restarted).toEqual(['backend']);
    expect(await version()).toBe(newVersion);
    await waitUntil('Argo CD calls it healthy', () => isAt(resumed.commit));
  }, 180_000);
});
