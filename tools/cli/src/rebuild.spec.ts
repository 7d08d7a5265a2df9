import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inWorktree, rebuildImages } from './rebuild.ts';

let folder: string;
let old: string;
const git = async (...args: string[]) => (await execa('git', args, { cwd: folder })).stdout;
const silent = () => undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebuild-'));
  await git('init', '-q', '-b', 'main');
  await git('config', 'user.name', 'me');
  await git('config', 'user.email', 'me@example.invalid');
  await writeFile(join(folder, '.gitignore'), 'node_modules/\n.todo/\n');
  await writeFile(join(folder, 'package-lock.json'), '{}');
  await mkdir(join(folder, 'libs/contracts'), { recursive: true });
  await writeFile(join(folder, 'libs/contracts/index.ts'), 'old');
  await mkdir(join(folder, 'node_modules/@todo'), { recursive: true });
  await symlink('../../libs/contracts', join(folder, 'node_modules/@todo/contracts'));
  await git('add', '.');
  await git('commit', '-qm', 'Old');
  old = await git('rev-parse', 'HEAD');
  await writeFile(join(folder, 'libs/contracts/index.ts'), 'new');
  await git('commit', '-qam', 'New');
});
afterEach(() => rm(folder, { recursive: true }));

it('works on old sources, through the packages’ links too, and leaves the checkout as it was', async () => {
  await inWorktree(folder, old, silent, async (worktree) => {
    const linked = join(worktree, 'node_modules/@todo/contracts/index.ts');
    expect(await readFile(linked, 'utf8')).toBe('old');
  });
  expect(await readFile(join(folder, 'libs/contracts/index.ts'), 'utf8')).toBe('new');
  expect((await git('worktree', 'list')).split('\n')).toHaveLength(1);
  expect(await git('status', '--porcelain')).toBe('');
});

it('cleans up after a failure, and gets past what an interrupted run left', async () => {
  const fail = () => Promise.reject(new Error('boom'));
  await expect(inWorktree(folder, old, silent, fail)).rejects.toThrow('boom');
  await git('worktree', 'add', '-q', '--detach', `.todo/worktrees/${old.slice(0, 12)}`, old);
  await inWorktree(folder, old, silent, () => Promise.resolve());
  expect((await git('worktree', 'list')).split('\n')).toHaveLength(1);
});

it('says so when no commit tells the sources of an image that is gone', async () => {
  const tags = { backend: 'no-such-tag' };
  const history = (source?: string) => [
    { commit: old, subject: 'Ship', time: '', tags, ...(source ? { source } : {}) },
  ];
  await expect(rebuildImages(folder, tags, ['backend'], history(), silent)).rejects.toThrow(
    /no commit tells its source/,
  );
  await expect(
    rebuildImages(folder, tags, ['backend'], history('f'.repeat(12)), silent),
  ).rejects.toThrow(/does not have its source ffff/);
});
