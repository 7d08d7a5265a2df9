import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { command } from './cluster/command.ts';
import { baseUrl, describeOnCluster, profile } from './cluster/on-cluster.ts';
import { startOutsideGitea, type OutsideGitea } from './cluster/outside-gitea.ts';
import { makeScratchClone, type ScratchClone } from './cluster/scratch-clone.ts';

interface Up {
  repository: string;
  outside: boolean;
}
interface Shipped {
  commit: string;
  restarted: string[];
}

const unless = !process.env['E2E_REMOTE'] && 'E2E_REMOTE is not set; it takes some minutes';

describeOnCluster('a git server outside', { unless }, () => {
  const tokens: string[] = [];
  let clone: ScratchClone;
  let start: string;
  let outside: OutsideGitea;
  let folder: string;

  const todo = async <Result>(...args: [string, ...string[]]) =>
    (await clone.script(...args, '--profile', profile)) as Result;
  const withVariables = async <Result>(
    variables: Record<string, string>,
    ...args: [string, ...string[]]
  ) => {
    Object.assign(process.env, variables);
    try {
      return await todo<Result>(...args);
    } finally {
      for (const key of Object.keys(variables)) Reflect.deleteProperty(process.env, key);
    }
  };
  const kubectl = (...args: string[]) => command('kubectl', ['--context', profile, ...args]);
  const followed = async () =>
    (
      await kubectl('get', 'applications', '-A', '-o', 'jsonpath={.items[*].spec.source.repoURL}')
    ).split(' ');
  /** What Argo CD says of each; Unknown is one that it cannot read. */
  const syncs = async () =>
    (await kubectl('get', 'applications', '-A', '-o', 'jsonpath={..status.sync.status}')).split(
      ' ',
    );
  const version = async () => {
    const response = await fetch(`${baseUrl}/api/openapi.json`);
    return ((await response.json()) as { info: { version: string } }).info.version;
  };
  const newToken = async () => {
    tokens.push(await outside.newToken());
    return { TODO_GIT_TOKEN: tokens.at(-1) ?? '' };
  };

  beforeAll(async () => {
    [clone, outside] = await Promise.all([makeScratchClone(), startOutsideGitea(profile)]);
    start = await clone.git('rev-parse', 'HEAD');
    folder = await mkdtemp(join(tmpdir(), 'remote-'));
  }, 300_000);
  afterAll(async () => {
    // Wherever a test stopped: back to the git server in the cluster, at the commit that was there.
    await clone.git('reset', '--quiet', '--hard', start);
    await todo('up', '--repo-url', 'in-cluster');
    await Promise.all([outside.remove(), clone.remove(), rm(folder, { recursive: true })]);
  }, 300_000);

  it('is refused before anything changes when the credentials are wrong', async () => {
    const before = await followed();
    const wrong = { TODO_GIT_TOKEN: 'not-the-token' };
    await expect(withVariables(wrong, 'up', '--repo-url', outside.url)).rejects.toThrow(
      /could not be read: it refuses the credentials[^]*TODO_GIT_TOKEN/,
    );
    await expect(todo('up', '--repo-url', outside.url)).rejects.toThrow(/refuses the credentials/);
    expect(await followed()).toEqual(before);
  }, 120_000);

  it('is followed by every Application, now and after up without the flag', async () => {
    const up = await withVariables<Up>(await newToken(), 'up', '--repo-url', outside.url);
    expect(up).toMatchObject({ repository: outside.url, outside: true });
    expect(new Set(await followed())).toEqual(new Set([outside.url]));
    expect(await syncs()).not.toContain('Unknown');
    expect(await todo<Up>('up')).toMatchObject({ repository: outside.url, outside: true });
    const { repository } = await todo<{ repository: object }>('status');
    expect(repository).toEqual({ url: outside.url, outside: true });
  }, 300_000);

  it('carries an edit to pods, and a rollback', async () => {
    const [oldVersion, newVersion] = [await version(), randomUUID()];
    await clone.edit('apps/backend/src/app.ts', "version: '1'", `version: '${newVersion}'`);
    await clone.git('commit', '--quiet', '--all', '--message', 'Tell a new version');
    const { commit, restarted } = await todo<Shipped>('ship');
    expect(restarted).toEqual(['backend']);
    expect(await version()).toBe(newVersion);
    expect((await clone.git('ls-remote', 'minikube', 'main')).split('\t')[0]).toBe(commit);
    await todo('rollback');
    expect(await version()).toBe(oldVersion);
  }, 300_000);

  it('says what to do when the token is revoked, and goes on with a new one', async () => {
    await clone.git('commit', '--quiet', '--allow-empty', '--message', 'Something to push');
    await outside.revokeTokens();
    await expect(todo('ship')).rejects.toThrow(/TODO_GIT_TOKEN/);
    expect(await withVariables<Up>(await newToken(), 'up')).toMatchObject({ outside: true });
    await todo('ship');
  }, 300_000);

  it('has its token in one Secret, and nowhere else', async () => {
    const places = [
      await readFile(join(clone.folder, '.git/config'), 'utf8'),
      await kubectl('get', 'configmaps,applications,appprojects', '-A', '-o', 'yaml'),
      await kubectl(
        ...['-n', 'argocd', 'logs', '--tail=-1', '--prefix'],
        ...['-l', 'app.kubernetes.io/part-of=argocd', '--max-log-requests=10'],
      ),
      await clone.git('log', '--patch', `${start}..HEAD`),
    ];
    for (const token of tokens) for (const text of places) expect(text).not.toContain(token);
  }, 60_000);

  it('is reached over ssh as well', async () => {
    const [key, hosts] = [join(folder, 'key'), join(folder, 'known_hosts')];
    await command('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    await outside.addKey((await readFile(`${key}.pub`, 'utf8')).trim());
    const ssh = { TODO_GIT_SSH_KEY: key, TODO_GIT_KNOWN_HOSTS: hosts };
    await writeFile(hosts, '');
    await expect(withVariables(ssh, 'up', '--repo-url', outside.sshUrl)).rejects.toThrow(
      /nobody vouches/,
    );
    await writeFile(hosts, await command('ssh-keyscan', ['-p', outside.sshPort, outside.host]));
    // The person's own ssh pushes.
    const own = { GIT_SSH_COMMAND: `ssh -i ${key} -o UserKnownHostsFile=${hosts}` };
    const up = await withVariables<Up>({ ...ssh, ...own }, 'up', '--repo-url', outside.sshUrl);
    expect(up).toMatchObject({ repository: outside.sshUrl, outside: true });
    expect(new Set(await followed())).toEqual(new Set([outside.sshUrl]));
    await clone.append('gitops/environments/dev/values.yaml', 'mcp:\n  replicas: 2\n');
    await clone.git('commit', '--quiet', '--all', '--message', 'Run two MCP servers');
    await withVariables(own, 'ship');
    const replicas = ['deployment', 'mcp', '-o', 'jsonpath={.status.readyReplicas}'];
    expect(await kubectl('-n', 'chatbot-dev', 'get', ...replicas)).toBe('2');
  }, 400_000);

  it('is left again for the one in the cluster', async () => {
    await clone.git('reset', '--quiet', '--hard', start);
    expect(await todo<Up>('up', '--repo-url', 'in-cluster')).toMatchObject({ outside: false });
    const [url, ...others] = new Set(await followed());
    expect({ url, others }).toEqual({ url: expect.stringContaining('gitea.gitea'), others: [] });
    expect(await syncs()).not.toContain('Unknown');
  }, 200_000);
});
