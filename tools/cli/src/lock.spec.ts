import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('two commands at once', () => {
  it('do not run: the second says which process is at work', async () => {
    await withLock(
      'todo',
      async () => {
        await expect(withLock('todo', () => Promise.resolve(), folder)).rejects.toThrow(
          `process ${process.pid}`,
        );
      },
      folder,
    );
  });

  it('leave no lock behind, not even after a failure', async () => {
    await expect(withLock('todo', () => Promise.reject(new Error('boom')), folder)).rejects.toThrow(
      'boom',
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('take over the lock of a process that is gone', async () => {
    await writeFile(join(folder, 'todo.lock'), '4194304');
    expect(await withLock('todo', () => Promise.resolve('done'), folder)).toBe('done');
  });
});
