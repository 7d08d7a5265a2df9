import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withPage } from './browser/browser-test.ts';
import { findTarget } from './browser/target.ts';
import { command } from './cluster/command.ts';
import { baseUrl, describeOnCluster, profile } from './cluster/on-cluster.ts';
import { applicationState, podsByService } from './cluster/pods.ts';
import { returnTo } from './cluster/return-to.ts';
import { makeScratchClone, type ScratchClone } from './cluster/scratch-clone.ts';
import { newAccount, signIn, signUp } from './page/account.ts';
import { addTaskByChat } from './page/chat.ts';
import { taskRow } from './page/tasks.ts';
import { waitUntil } from './page/wait-until.ts';

const target = findTarget();

interface Shipped {
  commit: string;
  built: string[];
  delivered: string[];
  restarted: string[];
}

const unless = typeof target === 'string' && target;

describeOnCluster('the line from an edit to pods', { unless }, () => {
  const account = newAccount();
  let clone: ScratchClone;
  let start: string;
  let podsBefore: Record<string, string[]>;

  const ship = async () => (await clone.script('ship', '--profile', profile)) as Shipped;
  const apiVersion = async () => {
    const response = await fetch(`${baseUrl}/api/openapi.json`);
    return ((await response.json()) as { info: { version: string } }).info.version;
  };

  beforeAll(async () => {
    clone = await makeScratchClone();
    start = await clone.git('rev-parse', 'HEAD');
  }, 300_000);
  afterAll(() => returnTo(clone, profile, start), 240_000);

  it('lets a person sign up, add a task by chat, and see it in the list', async () => {
    await withPage({}, async (page) => {
      await signUp(page, account);
      await addTaskByChat(page, 'add water the plants');
      await taskRow(page, 'water the plants').waitFor();
    });
  });

  it('signs the same person in at the ingress host', async () => {
    await withPage({ baseURL: process.env['E2E_INGRESS_URL'] }, async (page) => {
      await signIn(page, account);
      await taskRow(page, 'water the plants').waitFor();
    });
  });

  it('carries an edited backend to new pods, and replaces no others', async () => {
    podsBefore = await podsByService(profile);
    const version = randomUUID();
    await clone.edit('apps/backend/src/app.ts', "version: '1'", `version: '${version}'`);
    await clone.git('commit', '--quiet', '--all', '--message', 'Tell a new version');
    const shipped = await ship();
    expect(shipped).toMatchObject({
      built: ['backend'],
      delivered: ['backend'],
      restarted: ['backend'],
    });
    expect(await apiVersion()).toBe(version);
    const { backend: oldBackend, ...othersBefore } = podsBefore;
    const { backend: newBackend, ...othersAfter } = await podsByService(profile);
    expect(othersAfter).toEqual(othersBefore);
    expect(newBackend).toHaveLength(2);
    expect(newBackend?.filter((pod) => oldBackend?.includes(pod))).toEqual([]);
    expect(await applicationState(profile, 'todo-dev')).toEqual({
      revision: shipped.commit,
      sync: 'Synced',
      health: 'Healthy',
    });
  }, 600_000);

  it('keeps the task through the rollout', async () => {
    await withPage({}, async (page) => {
      await page.goto('/');
      await signIn(page, account);
      await taskRow(page, 'water the plants').waitFor();
    });
  });

  it('does nothing when nothing changed', async () => {
    const pods = await podsByService(profile);
    const head = await clone.git('rev-parse', 'HEAD');
    expect(await ship()).toMatchObject({ commit: head, built: [], delivered: [], restarted: [] });
    expect(await clone.git('rev-parse', 'HEAD')).toBe(head);
    expect(await podsByService(profile)).toEqual(pods);
  }, 600_000);

  it('is as good by hand, step by step', async () => {
    const { mcp: before } = await podsByService(profile);
    const inClone = (program: string, ...args: string[]) =>
      command(program, args, { cwd: clone.folder });
    const deliver = () => clone.script('deliver', '--profile', profile);
    await clone.append('apps/mcp/src/app.ts', `// ${randomUUID()}\n`);
    await expect(deliver()).rejects.toThrow(/images of mcp are not built.*\n.*docker-build/);
    await inClone('npx', 'nx', 'affected', '-t', 'docker-build');
    expect(await deliver()).toMatchObject({ delivered: ['mcp'] });
    await inClone('npx', 'nx', 'g', '@todo/workspace:values', '--env=dev');
    await clone.git('commit', '--quiet', '--all', '--message', 'Ship by hand');
    await clone.git('push', '--quiet', 'minikube', 'main');
    expect(await clone.script('wait', '--profile', profile)).toMatchObject({
      applied: await clone.git('rev-parse', 'HEAD'),
    });
    const { mcp: after } = await podsByService(profile);
    expect(after?.filter((pod) => before?.includes(pod))).toEqual([]);
    expect(await deliver()).toMatchObject({ delivered: [] });
  }, 300_000);

  it('applies a plain git push of edited values with no other command', async () => {
    await clone.append('gitops/environments/dev/values.yaml', 'mcp:\n  replicas: 2\n');
    await clone.git('commit', '--quiet', '--all', '--message', 'Run two MCP servers');
    await clone.git('push', '--quiet', 'minikube', 'main');
    const head = await clone.git('rev-parse', 'HEAD');
    await waitUntil(
      'Argo CD has applied the push',
      async () => {
        const state = await applicationState(profile, 'todo-dev');
        const { mcp } = await podsByService(profile);
        return state.revision === head && state.health === 'Healthy' && mcp?.length === 2;
      },
      120_000,
    );
  }, 180_000);

  it('refuses to push over what somebody else pushed, and says what to do', async () => {
    await clone.git('reset', '--quiet', '--hard', 'HEAD~1');
    await clone.git('commit', '--quiet', '--allow-empty', '--all', '--message', 'Diverge');
    await expect(ship()).rejects.toThrow(/git pull --rebase minikube main/);
  }, 600_000);
});
