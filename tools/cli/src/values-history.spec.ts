import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { imagesFile, writeImageTags } from '@todo/workspace';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findCommit, isOnServer, tagsAt, valuesHistory } from './values-history.ts';

let folder: string;
const git = async (...args: string[]) => (await execa('git', args, { cwd: folder })).stdout;

async function commit(file: string, text: string, message: string): Promise<string> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
  await git('add', '.');
  await git('commit', '-qm', message);
  return git('rev-parse', 'HEAD');
}
const ship = (tags: Record<string, string>, message: string) =>
  commit(imagesFile('dev'), writeImageTags(undefined, tags, 'dev'), message);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'values-'));
  await git('init', '-q', '-b', 'main');
  await git('config', 'user.name', 'me');
  await git('config', 'user.email', 'me@example.invalid');
});
afterEach(() => rm(folder, { recursive: true }));

describe('the history of an environment’s tags', () => {
  it('has the commits that changed tags, newest first, with what their messages tell', async () => {
    const first = await ship({ backend: '1', mcp: '1' }, 'Begin');
    await commit('README.md', 'docs', 'Write docs');
    const second = await ship({ backend: '2', mcp: '1' }, 'Ship backend\n\nSource: abc123\n');
    const third = await ship({ backend: '1', mcp: '1' }, `Roll back\n\nRestores: ${first}`);
    expect(await valuesHistory(folder, 'dev')).toMatchObject([
      { commit: third, subject: 'Roll back', restores: first },
      { commit: second, source: 'abc123', tags: { backend: '2', mcp: '1' } },
      { commit: first, subject: 'Begin', tags: { backend: '1', mcp: '1' } },
    ]);
    expect(await valuesHistory(folder, 'prod')).toEqual([]);
  });

  it('is read at commits that Argo CD names, also when some are unknown here', async () => {
    const first = await ship({ backend: '1' }, 'Begin');
    const docs = await commit('README.md', 'docs', 'Write docs');
    const found = await tagsAt(folder, 'dev', ['0'.repeat(40), docs, first]);
    expect([...found]).toEqual([
      [docs, { backend: '1' }],
      [first, { backend: '1' }],
    ]);
  });
});

it('finds a commit by any name that git understands', async () => {
  const first = await ship({ backend: '1' }, 'Begin');
  expect(await findCommit(folder, 'HEAD')).toBe(first);
  expect(await findCommit(folder, first.slice(0, 8))).toBe(first);
  expect(await findCommit(folder, 'nonsense')).toBeUndefined();
  expect(await findCommit(folder, '--all')).toBeUndefined();
});

it('knows which commits the git server has', async () => {
  const first = await ship({ backend: '1' }, 'Begin');
  expect(await isOnServer(folder, first)).toBe(false);
  await git('update-ref', 'refs/remotes/minikube/main', first);
  const second = await ship({ backend: '2' }, 'Ship');
  expect(await isOnServer(folder, first)).toBe(true);
  expect(await isOnServer(folder, second)).toBe(false);
});
