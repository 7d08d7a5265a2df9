import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepository, type Repository } from './git.ts';
import { UserError } from './user-error.ts';

let folder: string;
let repository: Repository;
const git = (cwd: string, ...args: string[]) => execa('git', args, { cwd });

async function commit(clone: string, file: string, text: string): Promise<void> {
  await writeFile(join(clone, file), text);
  await git(clone, 'add', '.');
  await git(clone, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', `write ${file}`);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'git-'));
  await git(folder, 'init', '-q', '--bare', '-b', 'main', 'server.git');
  await git(folder, 'clone', '-q', 'server.git', 'mine');
  await git(join(folder, 'mine'), 'remote', 'rename', 'origin', 'minikube');
  await git(join(folder, 'mine'), 'config', 'user.name', 'me');
  await git(join(folder, 'mine'), 'config', 'user.email', 'me@example.invalid');
  await git(join(folder, 'mine'), 'checkout', '-qb', 'main');
  await commit(join(folder, 'mine'), 'a', '1');
  repository = openRepository(join(folder, 'mine'));
  await repository.push();
});
afterEach(() => rm(folder, { recursive: true }));

describe('a push', () => {
  it('is rejected with a way out when the remote moved, and loses nothing', async () => {
    await git(folder, 'clone', '-q', 'server.git', 'theirs');
    await commit(join(folder, 'theirs'), 'b', '1');
    await git(join(folder, 'theirs'), 'push', '-q', 'origin', 'HEAD:main');
    await commit(join(folder, 'mine'), 'c', '1');
    const mine = await repository.head();
    const error = await repository.push().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).hint).toContain('git pull --rebase minikube main');
    expect(await repository.head()).toBe(mine);
    await git(join(folder, 'mine'), 'pull', '-q', '--rebase', 'minikube', 'main');
    await repository.push();
    expect(await repository.isPushed()).toBe(true);
  });

  it('says so when the server is gone', async () => {
    await rm(join(folder, 'server.git'), { recursive: true });
    await expect(repository.push()).rejects.toThrow(/push to minikube failed/);
  });
});

describe('a commit of the values', () => {
  it('takes one file and leaves everything else as it was', async () => {
    const mine = join(folder, 'mine');
    await writeFile(join(mine, 'staged'), 'x');
    await git(mine, 'add', 'staged');
    await writeFile(join(mine, 'a'), 'changed');
    await mkdir(join(mine, 'gitops'));
    await writeFile(join(mine, 'gitops/images.yaml'), 'tag: 1');
    await repository.commitFile('gitops/images.yaml', 'Ship');
    const { stdout } = await git(mine, 'show', '--name-only', '--format=');
    expect(stdout).toBe('gitops/images.yaml');
    expect(await repository.uncommitted(['.'])).toEqual(['a', 'staged']);
  });
});

describe('the remote', () => {
  it('follows the cluster to another port and leaves no credentials behind', async () => {
    const remote = (url: string, passwordInCluster = true) => ({ url, passwordInCluster });
    const config = async () =>
      (await git(join(folder, 'mine'), 'config', '--local', '--list')).stdout;
    await repository.ensureRemote('todo', remote('http://localhost:1111/todo.git'));
    await repository.ensureRemote('todo', remote('http://localhost:2222/todo.git'));
    expect(await config()).toContain('remote.minikube.url=http://localhost:2222/todo.git');
    expect(await config()).toContain('credential.http://localhost:2222/todo.git.helper=!f()');
    expect(await config()).not.toContain('1111');
    // The same server, with the person's own way of signing in.
    await repository.ensureRemote('todo', remote('http://localhost:2222/todo.git', false));
    expect(await config()).toContain('remote.minikube.url=http://localhost:2222/todo.git');
    expect(await config()).not.toContain('credential');
    await repository.removeRemote();
    expect(await config()).not.toMatch(/2222|minikube/);
  });
});

describe('the content of two commits', () => {
  it('is the same when only other folders differ', async () => {
    const before = await repository.head();
    await commit(join(folder, 'mine'), 'README.md', 'docs');
    const after = await repository.head();
    expect(await repository.sameContent(before, after, ['a'])).toBe(true);
    expect(await repository.sameContent(before, after, ['README.md'])).toBe(false);
    expect(await repository.sameContent('0'.repeat(40), after, ['a'])).toBe(false);
  });
});
