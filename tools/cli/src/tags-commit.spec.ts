import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { imagesFile, writeImageTags } from '@todo/workspace';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { planRollback, sourceOf, unfinishedRollback } from './restore.ts';
import { appsInWords, cleanTags, commitTags, tagsMessage } from './tags-commit.ts';
import { valuesHistory } from './values-history.ts';

let folder: string;
const git = async (...args: string[]) => (await execa('git', args, { cwd: folder })).stdout;
const commit = (tags: Record<string, string>, subject: string, trailers = {}) =>
  commitTags(folder, 'dev', tags, tagsMessage(subject, tags, trailers));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tags-'));
  await git('init', '-q', '-b', 'main');
  await git('config', 'user.name', 'me');
  await git('config', 'user.email', 'me@example.invalid');
  const path = join(folder, imagesFile('dev'));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, writeImageTags(undefined, { backend: '000', mcp: '000' }, 'dev'));
  await git('add', '.');
  await git('commit', '-qm', 'Begin');
});
afterEach(() => rm(folder, { recursive: true }));

it('rolls back in git by a commit on top that the history is read from again', async () => {
  const first = await commit({ backend: 'b1', mcp: 'm1' }, 'Ship both', { Source: 's1' });
  const second = await commit({ backend: 'b2', mcp: 'm1' }, 'Ship backend', { Source: 's2' });
  const plan = planRollback(await valuesHistory(folder, 'dev'), await cleanTags(folder, 'dev'), {});
  expect(plan.to.commit).toBe(first);
  const undo = await commit(plan.tags, 'Roll back backend', { Restores: first, Source: undefined });
  expect(await git('rev-parse', 'HEAD~1')).toBe(second);
  expect(await cleanTags(folder, 'dev')).toEqual({ backend: 'b1', mcp: 'm1' });
  const history = await valuesHistory(folder, 'dev');
  expect(history[0]).toMatchObject({ commit: undo, restores: first });
  expect(history[0]).not.toHaveProperty('source');
  expect(sourceOf(history, 'backend', 'b1')).toBe('s1');
});

it('goes on with a rollback that did not arrive, and further back after one that did', async () => {
  const first = await commit({ backend: 'b1', mcp: 'm1' }, 'Ship both');
  const bad = { backend: 'b2', mcp: 'm1' };
  await commit(bad, 'Ship backend');
  const good = { backend: 'b1', mcp: 'm1' };
  await commit(good, 'Roll back', { Restores: first });
  const history = await valuesHistory(folder, 'dev');
  const notPushed = unfinishedRollback(history, { deployed: bad, onServer: false });
  expect(notPushed).toMatchObject({ to: { commit: first }, tags: good });
  expect(unfinishedRollback(history, { deployed: bad, onServer: true })).toEqual(notPushed);
  expect(unfinishedRollback(history, { deployed: good, onServer: true })).toBeUndefined();
  // Another rollback than the one that did not arrive.
  expect(
    unfinishedRollback(history, { app: 'mcp', deployed: bad, onServer: false }),
  ).toBeUndefined();
});

it('commits nothing when the tags are there already', async () => {
  const first = await commit({ backend: 'b1', mcp: 'm1' }, 'Ship both');
  expect(await commit({ backend: 'b1', mcp: 'm1' }, 'Ship both again')).toBe(first);
});

it('refuses tags that are changed or staged but not committed, and unknown environments', async () => {
  await writeFile(join(folder, imagesFile('dev')), 'backend: {image: {tag: b7}}\n');
  await expect(cleanTags(folder, 'dev')).rejects.toThrow(/not committed/);
  await git('add', '.');
  await expect(cleanTags(folder, 'dev')).rejects.toThrow(/not committed/);
  await expect(cleanTags(folder, 'qa')).rejects.toThrow(/no environment "qa"/);
});

it('names few apps in a subject, however many there are', () => {
  const apps = Array.from({ length: 90 }, (_, at) => `app-${at}`);
  expect(appsInWords(apps.slice(0, 4))).toBe('app-0, app-1, app-2, app-3');
  expect(appsInWords(apps)).toBe('app-0, app-1 and 88 more');
});
