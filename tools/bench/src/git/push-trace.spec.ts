import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pushBeganAt } from './push-trace.ts';

const execute = promisify(execFile);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'push-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('tells when git began to push, from what git itself writes', async () => {
  const trace = join(folder, 'trace.json');
  const git = (...args: string[]) =>
    execute('git', args, { cwd: folder, env: { ...process.env, GIT_TRACE2_EVENT: trace } });
  await git('init', '--quiet', '--bare', 'server.git');
  await git('init', '--quiet', 'work');
  const work = join(folder, 'work');
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.invalid'];
  await git('-C', work, ...who, 'commit', '--quiet', '--allow-empty', '--message', 'One');
  expect(pushBeganAt(await readFile(trace, 'utf8'))).toBeUndefined();
  const before = Date.now();
  await git('-C', work, 'push', '--quiet', '../server.git', 'HEAD:refs/heads/main');
  const began = pushBeganAt(await readFile(trace, 'utf8')) ?? Number.NaN;
  // git's clock is the machine's; it may round differently.
  expect(began).toBeGreaterThanOrEqual(before - 1);
  expect(began).toBeLessThanOrEqual(Date.now() + 1);
});
