import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('the SQL migrations say the same as the schema in TypeScript', async () => {
  const project = join(import.meta.dirname, '..');
  const folder = await mkdtemp(join(tmpdir(), 'todo-drizzle-'));
  const drizzleKit = join(
    dirname(createRequire(import.meta.url).resolve('drizzle-kit')),
    'bin.cjs',
  );
  try {
    await cp(join(project, 'migrations'), join(folder, 'migrations'), { recursive: true });
    const before = await readdir(join(folder, 'migrations'));
    // drizzle-kit takes paths from the current folder, also absolute ones.
    await promisify(execFile)(
      process.execPath,
      [
        ...[drizzleKit, 'generate', '--dialect=postgresql'],
        ...[`--schema=${join(project, 'src/schema/*.ts')}`, `--out=migrations`],
      ],
      { cwd: folder },
    );
    expect(await readdir(join(folder, 'migrations'))).toEqual(before);
  } finally {
    await rm(folder, { recursive: true });
  }
});
