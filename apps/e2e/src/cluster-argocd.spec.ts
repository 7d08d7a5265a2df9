import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applicationOf, type ApplicationSpec } from './cluster/application.ts';
import { command } from './cluster/command.ts';
import { openGitea, type GiteaApi } from './cluster/gitea-api.ts';
import { describeOnCluster, profile } from './cluster/on-cluster.ts';
import { workspaceRoot } from './cluster/todo.ts';
import { postWebhook } from './cluster/webhook.ts';
import { waitUntil } from './page/wait-until.ts';

const REPOSITORY = 'http://gitea.gitea.svc.cluster.local:3000/todo/todo-chatbot.git';
const VERDICT_MS = 40_000;

describeOnCluster('Argo CD’s set-up', () => {
  const name = `e2e-${randomUUID().slice(0, 8)}`;
  let gitea: GiteaApi;
  const kubectl = (...args: string[]) =>
    command('kubectl', ['--context', profile, '-n', 'argocd', ...args]);
  const secret = async (object: string, key: string) =>
    kubectl('get', 'secret', object, `-o=go-template={{index .data "${key}" | base64decode}}`);
  const application = (spec: Partial<ApplicationSpec>) =>
    applicationOf(profile, name, {
      ...{ project: 'environments', repoURL: REPOSITORY, namespace: 'chatbot-dev' },
      ...{ targetRevision: 'main', path: 'gitops/environments/dev', include: 'namespace.yaml' },
      ...spec,
    });

  beforeAll(async () => {
    gitea = await openGitea(profile);
  });
  afterAll(() => kubectl('delete', 'application', name, '--ignore-not-found'));

  it('publishes the cluster on this machine only', async () => {
    const published = (await command('docker', ['port', profile])).split('\n');
    expect(published.filter((line) => line.startsWith('30443/tcp'))).not.toEqual([]);
    for (const line of published) expect(line).toMatch(/ -> 127\.0\.0\.1:\d+$/);
  });

  it('tells the admin’s password to those who ask, and to nobody else', async () => {
    const password = await secret('argocd-initial-admin-secret', 'password');
    const up = (...flags: string[]) =>
      command('sh', ['-c', 'npm run up -- "$@" 2>&1', 'up', '--profile', profile, ...flags], {
        cwd: workspaceRoot,
      });
    const told = await up();
    expect(told).toContain('--show-password');
    expect(told).not.toContain(password);
    expect(await up('--show-password')).toContain(`password ${password}`);
  }, 180_000);

  it.each<[string, Partial<ApplicationSpec>, RegExp]>([
    [
      'another repository',
      { repoURL: 'https://example.com/other.git' },
      /repo https:\/\/example.com\/other.git is not permitted in project/,
    ],
    [
      'another namespace',
      { namespace: 'kube-system' },
      /destination .*kube-system.* do not match any of the allowed destinations/,
    ],
    ['the project that Argo CD brings', { project: 'default' }, /is not permitted in project/],
  ])(
    'refuses an Application with %s',
    async (_, spec, reason) => {
      const { make, conditions } = application(spec);
      await make();
      await waitUntil(
        'Argo CD refuses it',
        async () => reason.test((await conditions()).join('\n')),
        VERDICT_MS,
      );
    },
    60_000,
  );

  it('refuses to apply kinds that give rights or reach beyond a namespace', async () => {
    const { make, sync, operation } = application({ include: '{application,namespace}.yaml' });
    await make();
    await sync();
    await waitUntil(
      'the sync has failed',
      async () => /^(Failed|Error)/.test(await operation()),
      VERDICT_MS,
    );
    const message = await operation();
    expect(message).toMatch(/:Namespace is not permitted in project environments/);
    expect(message).toMatch(/argoproj.io:Application is not permitted in project environments/);
  }, 60_000);

  it('calls a running Job progressing, and a failed one degraded', async () => {
    const jobs = ['-n', 'chatbot-dev', 'jobs', '-l', 'app.kubernetes.io/name=migrations'];
    const image = '-o=jsonpath={.items[0].spec.template.spec.containers[0].image}';
    const job = failingJob(name, await kubectl('get', ...jobs, image));
    await gitea.commit(`jobs/${name}.json`, JSON.stringify(job), name);
    try {
      const { make, sync, health } = application({
        ...{ targetRevision: name, path: 'jobs', include: `${name}.json` },
      });
      await make();
      await sync();
      await waitUntil('it is progressing', async () => (await health()) === 'Progressing');
      await waitUntil('it is degraded', async () => (await health()) === 'Degraded', VERDICT_MS);
    } finally {
      await kubectl('-n', 'chatbot-dev', 'delete', 'job', name, '--ignore-not-found');
      await gitea.removeBranch(name);
    }
  }, 120_000);

  it('believes no push that is not signed with the secret', async () => {
    const push = JSON.stringify({
      ...{ ref: 'refs/heads/main', before: '0'.repeat(40), after: '1'.repeat(40), commits: [] },
      repository: { html_url: REPOSITORY.replace(/\.git$/, ''), default_branch: 'main' },
    });
    const signed = (key: string) => createHmac('sha256', key).update(push).digest('hex');
    const gogs = { 'x-gogs-event': 'push' };
    expect(await postWebhook(profile, push, gogs)).toBe(400);
    const forged = { ...gogs, 'x-gogs-signature': signed('guess') };
    expect(await postWebhook(profile, push, forged)).toBe(400);
    // A kind of sender that is not used must not be the open door.
    expect(await postWebhook(profile, push, { 'x-github-event': 'push' })).toBe(400);
    expect(await postWebhook(profile, push, { 'x-gitlab-event': 'Push Hook' })).toBe(400);
    const real = await secret('argocd-secret', 'webhook.gogs.secret');
    const right = { ...gogs, 'x-gogs-signature': signed(real) };
    expect(await postWebhook(profile, push, right)).toBe(200);
  });
});

/** A Job that runs for a moment and fails, allowed to run where the services do. */
const failingJob = (name: string, image: string) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: {
    backoffLimit: 0,
    template: {
      spec: {
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'fail',
            image,
            args: ['-e', 'setTimeout(() => process.exit(1), 4000)'],
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
      },
    },
  },
});
