import { afterAll, beforeAll, expect, it } from 'vitest';
import { command } from './cluster/command.ts';
import { openGitea, type GiteaApi } from './cluster/gitea-api.ts';
import { describeOnCluster, profile } from './cluster/on-cluster.ts';
import { applicationState } from './cluster/pods.ts';
import { statusOf, workspaceRoot, type Status } from './cluster/todo.ts';
import { waitUntil } from './page/wait-until.ts';

const VALUES = 'gitops/environments/dev/values.yaml';
const HEAL_MS = 60_000;

describeOnCluster('what is changed by hand', () => {
  let gitea: GiteaApi;
  let values: string;
  let start: string;
  const git = (...args: string[]) => command('git', args, { cwd: workspaceRoot });
  const kubectl = (...args: string[]) =>
    command('kubectl', ['--context', profile, '-n', 'chatbot-dev', ...args]);
  const scale = (replicas: number) =>
    kubectl('scale', 'deployment', 'mcp', `--replicas=${replicas}`);
  const replicas = async () =>
    Number(await kubectl('get', 'deployment', 'mcp', '-o', 'jsonpath={.spec.replicas}'));
  const isApplied = async (commit: string) => {
    const { revision, sync } = await applicationState(profile, 'todo-dev');
    return revision === commit && sync === 'Synced';
  };

  beforeAll(async () => {
    gitea = await openGitea(profile);
    values = await gitea.read(VALUES);
    start = await git('ls-remote', 'minikube', 'refs/heads/main').then((line) => line.slice(0, 40));
  });
  afterAll(async () => {
    // The next test begins where this one did.
    await git('push', '--quiet', '--force', 'minikube', `${start}:refs/heads/main`);
    await waitUntil('the first commit is applied again', () => isApplied(start), HEAL_MS);
  }, 90_000);

  it('heals by itself: replicas, a setting, and an object that is gone', async () => {
    const port = '-o=jsonpath={.spec.ports[*].port}';
    const before = await kubectl('get', 'service', 'mcp-service', port);
    await scale(2);
    await kubectl('patch', 'service', 'mcp-service', '--type=json', '--patch', PORT);
    await kubectl('delete', 'networkpolicy', 'mcp');
    await waitUntil('the replicas are back', async () => (await replicas()) === 1, HEAL_MS);
    await waitUntil(
      'the port is back',
      async () => (await kubectl('get', 'service', 'mcp-service', port)) === before,
      HEAL_MS,
    );
    await waitUntil(
      'the policy is back',
      async () => (await kubectl('get', 'networkpolicy', 'mcp', '--ignore-not-found')) !== '',
      HEAL_MS,
    );
  }, 90_000);

  it('is named by status until it has healed', async () => {
    // Argo CD takes longer each time that somebody does it again, but may still be faster than
    // status, or heal it while status looks.
    let told: Status['drift'] = [];
    await waitUntil(
      'status names the replicas',
      async () => {
        if ((await replicas()) === 1) await scale(2);
        told = (await statusOf(profile)).drift;
        return (told[0]?.fields ?? []).length > 0;
      },
      HEAL_MS,
    );
    expect(told).toEqual([
      {
        object: 'Deployment/mcp',
        is: 'different',
        fields: [{ path: 'spec.replicas', from: 1, to: 2 }],
      },
    ]);
    await waitUntil('the replicas are back', async () => (await replicas()) === 1, HEAL_MS);
  }, 150_000);

  it('is none when an autoscaler does it', async () => {
    const scaled = 'mcp:\n  autoscaling:\n    enabled: true\n    minReplicas: 2\n';
    const commit = await gitea.commit(VALUES, `${values}${scaled}`);
    await waitUntil('the autoscaler is there', () => isApplied(commit), HEAL_MS);
    await waitUntil('it has scaled', async () => (await replicas()) === 2, HEAL_MS);
    // Within the autoscaler's bounds, as it would do under load.
    await scale(3);
    const refresh = 'argocd.argoproj.io/refresh';
    const application = ['-n', 'argocd', 'application', 'todo-dev'];
    await kubectl('annotate', ...application, '--overwrite', `${refresh}=normal`);
    await waitUntil('Argo CD has compared', async () => {
      const found = await kubectl('get', ...application, '-o', 'jsonpath={.metadata.annotations}');
      return !found.includes(refresh);
    });
    expect(await applicationState(profile, 'todo-dev')).toMatchObject({ sync: 'Synced' });
    expect((await statusOf(profile)).drift).toEqual([]);
    expect(await replicas()).toBe(3);
  }, 150_000);
});

/** Another port than git's: merged with that, it would stay beside it. */
const PORT = JSON.stringify([{ op: 'replace', path: '/spec/ports/0/port', value: 8012 }]);
