import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  chainOf,
  firstSyncWith,
  imagesBrought,
  imagesTagged,
  parseImage,
  shippedBy,
} from './trace-chain.ts';
import type { ValuesCommit } from './values-history.ts';

const shipped = (name: string, tags: Record<string, string>, more: object = {}): ValuesCommit => ({
  commit: name.repeat(40),
  subject: `Ship ${name}`,
  time: '2026-01-01T10:00:00Z',
  tags,
  ...more,
});
// Newest first: c undoes b.
const history = [
  shipped('c', { backend: '111', mcp: '300' }, { source: 'f1', restores: 'aaa' }),
  shipped('b', { backend: '222', mcp: '300' }, { source: 'f2' }),
  shipped('a', { backend: '111', mcp: '300' }, { source: 'f1' }),
];

describe('an image', () => {
  it.each([
    ['backend:123', { app: 'backend', tag: '123' }],
    ['localhost:5000/todo/backend:123', { app: 'backend', tag: '123' }],
    ['todo/backend:123', { app: 'backend', tag: '123' }],
    ['docker.io/library/postgres:18', undefined],
    ['HEAD~1', undefined],
  ])('named %s is understood', (text, image) => {
    expect(parseImage(text)).toEqual(image);
  });

  it('is found by how its tag begins', () => {
    expect(imagesTagged(history, '1')).toEqual([{ app: 'backend', tag: '111' }]);
    expect(imagesTagged(history, '9')).toEqual([]);
  });

  it('is followed from its source to its pods, and through a rollback', () => {
    const source = { commit: 'f1f1', subject: 'Say hello', time: '2026-01-01T09:00:00Z' };
    const sync = (id: number, revision: string) => ({ id, revision, deployedAt: `time ${id}` });
    const chain = chainOf('backend', '111', {
      history,
      sources: new Map([['f1', source]]),
      syncs: [sync(1, 'a'), sync(2, 'b'), sync(3, 'c'), sync(4, 'unknown here')],
      tagsAt: new Map([
        ['a', { backend: '111' }],
        ['b', { backend: '222' }],
        ['c', { backend: '111' }],
      ]),
      pods: [
        { name: 'backend-2', images: ['localhost:5000/todo/backend:111'] },
        { name: 'backend-1', images: ['localhost:5000/todo/backend:222'] },
        { name: 'other-1', images: ['localhost:5000/todo/other-backend:111'] },
      ],
    });
    expect(chain).toMatchObject({
      source,
      values: [{ subject: 'Ship a' }, { subject: 'Ship c' }],
      syncs: [{ id: 1 }, { id: 3, commit: 'c', at: 'time 3' }],
      pods: ['backend-2'],
    });
  });

  it('came with the values commit before which it was not there', () => {
    const [, b, a] = history;
    expect(imagesBrought(history, b?.commit ?? '')).toEqual([{ app: 'backend', tag: '222' }]);
    expect(imagesBrought(history, a?.commit ?? '')).toHaveLength(2);
  });
});

describe('a commit of sources', () => {
  let folder: string;
  const commits: string[] = [];
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: folder });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trace-'));
    await git('init', '-q', '-b', 'main');
    for (const subject of ['first', 'second', 'values', 'third']) {
      await git('commit', '-q', '--allow-empty', '-m', subject);
      commits.push((await git('rev-parse', 'HEAD')).stdout);
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is shipped by the first values commit that follows it', async () => {
    const [first = '', second = '', values = '', third = ''] = commits;
    const followed = [shipped('x', {}, { commit: values, source: second.slice(0, 12) })];
    for (const commit of [first, second, values]) {
      expect((await shippedBy(folder, followed, commit))?.commit).toBe(values);
    }
    expect(await shippedBy(folder, followed, third)).toBeUndefined();
  });

  it('is synced first with the oldest remembered commit that holds it', async () => {
    const [first = '', second = '', values = '', third = ''] = commits;
    const syncs = [first, '0'.repeat(40), values, third].map((revision, id) => ({
      id,
      revision,
      deployedAt: 'then',
    }));
    expect(await firstSyncWith(folder, second, syncs)).toMatchObject({ id: 2, commit: values });
    expect(await firstSyncWith(folder, third, syncs.slice(0, 3))).toBeUndefined();
  });
});
