import { afterAll, beforeAll, expect, it } from 'vitest';
import { command } from './cluster/command.ts';
import { describeOnCluster, profile } from './cluster/on-cluster.ts';
import { podsByService } from './cluster/pods.ts';
import { makeScratchClone, type ScratchClone } from './cluster/scratch-clone.ts';
import { waitUntil } from './page/wait-until.ts';

interface Field {
  path: string;
  from?: unknown;
  to?: unknown;
}
interface Status {
  applied: { commit: string };
  git: { server: { commit: string }; notPushed: { subject: string }[] };
  autoSync: { mode: string; since?: string };
  services: { name: string; tag: string; ready: number; wanted: number; pods: string[] }[];
  drift: { object: string; is: string; fields: Field[] }[];
  attention: string[];
}
interface Trace {
  chains: { app: string; tag: string; values: { commit: string }[]; pods: string[] }[];
}
interface Difference {
  objects: { object: string; fields: Field[] }[];
}

describeOnCluster('how the cluster stands', () => {
  let clone: ScratchClone;
  let paused = false;
  const todo = async <Result>(...args: [string, ...string[]]) =>
    (await clone.script(...args, '--profile', profile)) as Result;
  const kubectl = (...args: string[]) => command('kubectl', ['--context', profile, ...args]);
  const pauseAutoSync = (enabled: false | null) =>
    kubectl(
      ...['-n', 'argocd', 'patch', 'application', 'todo-dev', '--type=merge', '--patch'],
      JSON.stringify({ spec: { syncPolicy: { automated: { enabled } } } }),
    );

  beforeAll(async () => {
    clone = await makeScratchClone();
  }, 300_000);
  afterAll(async () => {
    // Whatever was changed by hand heals by itself then.
    if (paused) await pauseAutoSync(null);
    await clone.remove();
  });

  it('is well when the newest commit runs, and every pod is told', async () => {
    const { git } = await todo<Status>('status');
    const newest = git.server.commit;
    const { applied } = await todo<{ applied: string }>('wait', newest);
    expect(applied).toBe(newest);
    const status = await todo<Status>('status');
    expect(status).toMatchObject({ autoSync: { mode: 'automatic' }, drift: [], attention: [] });
    const pods = status.services.map((service) => [service.name, service.pods]);
    expect(Object.fromEntries(pods)).toMatchObject(await podsByService(profile));
    for (const { ready, wanted } of status.services) expect(ready).toBe(wanted);
  }, 300_000);

  it('follows a pod to the commit of its image, and that commit to the pod', async () => {
    const pod = (await podsByService(profile))['backend']?.[0] ?? '';
    const { chains } = await todo<Trace>('trace', pod);
    const image = await kubectl(
      ...['-n', 'chatbot-dev', 'get', 'pod', pod],
      ...['--output=jsonpath={.spec.containers[0].image}'],
    );
    expect(chains).toMatchObject([{ app: 'backend' }]);
    expect(image).toMatch(new RegExp(`/backend:${chains[0]?.tag}$`));
    const back = await todo<Trace>('trace', chains[0]?.values[0]?.commit ?? '');
    expect(back.chains.find(({ app }) => app === 'backend')?.pods).toContain(pod);
  }, 60_000);

  it('tells what a push would change, and counts work in progress as no trouble', async () => {
    await clone.append('gitops/environments/dev/values.yaml', 'mcp:\n  replicas: 3\n');
    await clone.git('commit', '--quiet', '--all', '--message', 'Run three MCP servers');
    const { objects } = await todo<Difference>('diff');
    const mcp = objects.find(({ object }) => object === 'Deployment/mcp');
    expect(mcp?.fields).toContainEqual({ path: 'spec.replicas', from: 1, to: 3 });
    const { git, attention } = await todo<Status>('status');
    expect(git.notPushed[0]?.subject).toBe('Run three MCP servers');
    expect(attention).toEqual([]);
  }, 120_000);

  it('names a pause, and field by field what was changed by hand meanwhile', async () => {
    paused = true;
    await pauseAutoSync(false);
    await kubectl('-n', 'chatbot-dev', 'scale', 'deployment', 'mcp', '--replicas=2');
    await waitUntil('Argo CD has seen it', async () => {
      const sync = '--output=jsonpath={.status.sync.status}';
      return (
        (await kubectl('-n', 'argocd', 'get', 'application', 'todo-dev', sync)) === 'OutOfSync'
      );
    });
    // Exit code 2: something needs attention.
    const text = await command(
      'sh',
      ['-c', `npm run --silent status -- --json --profile ${profile}; test $? = 2`],
      { cwd: clone.folder },
    );
    const status = JSON.parse(text) as Status;
    expect(status.autoSync).toEqual({ mode: 'paused', since: expect.any(String) as string });
    expect(status.drift).toEqual([
      {
        object: 'Deployment/mcp',
        is: 'different',
        fields: [{ path: 'spec.replicas', from: 1, to: 2 }],
      },
    ]);
    await todo('resume');
    const { drift, attention } = await todo<Status>('status');
    expect({ drift, attention }).toEqual({ drift: [], attention: [] });
  }, 300_000);
});
