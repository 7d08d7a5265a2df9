import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectReadable, gitCredentials, gitReadError } from './git-access.ts';
import { parseRepoUrl, type RepoUrl } from './repo-url.ts';

const web = parseRepoUrl('https://git.example.com/me/todo.git');
const shell = parseRepoUrl('ssh://git@git.example.com:2222/me/todo.git');

describe('credentials from the environment', () => {
  it('are a token for https, with any user name', async () => {
    expect(await gitCredentials(web, {})).toBeUndefined();
    expect(await gitCredentials(web, { TODO_GIT_SSH_KEY: '/none' })).toBeUndefined();
    expect(await gitCredentials(web, { TODO_GIT_TOKEN: 't' })).toEqual({
      username: 'git',
      password: 't',
    });
    const mine = { TODO_GIT_TOKEN: 't', TODO_GIT_USERNAME: 'me' };
    expect(await gitCredentials(web, mine)).toMatchObject({ username: 'me' });
  });

  it('are a key for ssh, with what this machine knows of the server', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'git-access-'));
    const [key, hosts] = [join(folder, 'key'), join(folder, 'known_hosts')];
    await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const [type, hostKey] = (await execa('cat', [`${key}.pub`])).stdout.split(' ');
    const line = `[git.example.com]:2222 ${type} ${hostKey}\n`;
    await writeFile(hosts, `other.example.com ${type} ${hostKey}\n${line}`);
    const env = { TODO_GIT_SSH_KEY: key, TODO_GIT_KNOWN_HOSTS: hosts };
    expect(await gitCredentials(shell, env)).toMatchObject({ keyFile: key, knownHosts: line });
    await rm(folder, { recursive: true });
    await expect(gitCredentials(shell, env)).rejects.toThrow(/TODO_GIT_SSH_KEY/);
  });
});

describe('a server', () => {
  let server: Server;
  let repo: RepoUrl;
  beforeEach(async () => {
    const wanted = `Basic ${Buffer.from('me:right').toString('base64')}`;
    server = createServer((request, response) => {
      if (request.headers.authorization !== wanted) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      } else if (request.url?.startsWith('/me/todo.git/info/refs')) {
        response.setHeader('content-type', 'application/x-git-upload-pack-advertisement');
        response.end('001e# service=git-upload-pack\n00000000');
      } else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    repo = { ...web, url: `http://127.0.0.1:${port}/me/todo.git` };
  });
  afterEach(() => server.close());

  it('is readable with the right token, without this machine’s own credentials', async () => {
    await expectReadable(repo, { username: 'me', password: 'right' });
    await expect(expectReadable(repo, undefined)).rejects.toThrow(/refuses the credentials/);
  });

  it('refuses a wrong token, which no message repeats', async () => {
    const wrong = { username: 'me', password: 'hunter2' };
    const error = await expectReadable(repo, wrong).catch((thrown: unknown) => thrown as Error);
    expect(String(error)).toContain('refuses the credentials');
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });

  it('lacks the repository', async () => {
    const other = { ...repo, url: repo.url.replace('todo.git', 'other.git') };
    const right = { username: 'me', password: 'right' };
    await expect(expectReadable(other, right)).rejects.toThrow(/there is no such repository/);
  });

  it('is not there', async () => {
    server.close();
    await expect(expectReadable(repo, undefined)).rejects.toThrow(/cannot be reached/);
  });
});

it.each([
  ['Host key verification failed.', /nobody vouches/],
  ['ssh: handshake failed: knownhosts: key is unknown', /nobody vouches/],
  ['failed to list refs: authentication required', /refuses the credentials/],
  ['git@x: Permission denied (publickey).', /refuses the credentials/],
  ['dial tcp: lookup git.lan: no such host', /cannot be reached/],
  ['something new', /could not be read: something new\.$/],
])('tells "%s" in words', (said, message) => {
  expect(gitReadError('ssh://x', said).message).toMatch(message);
});
