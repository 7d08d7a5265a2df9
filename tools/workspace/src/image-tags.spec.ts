import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { imageTags } from './image-tags.ts';

const workspaceRoot = join(import.meta.dirname, '../../..');

let shim: string;
beforeEach(async () => {
  // Stands for docker, which this machine need not have; only what it is asked for matters here.
  shim = await mkdtemp(join(tmpdir(), 'docker-'));
  // It writes to a file: Nx may lose what a program says that ends at once.
  await writeFile(join(shim, 'docker'), '#!/bin/sh\necho "$*" > "${0%/*}/asked"\n');
  await chmod(join(shim, 'docker'), 0o755);
});
afterEach(() => rm(shim, { recursive: true }));

it('foretells the tag that docker-build gives', async () => {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('NX_')),
  );
  await promisify(execFile)(
    'npx',
    ['nx', 'run', 'migrations:docker-build', '--output-style=stream'],
    {
      cwd: workspaceRoot,
      env: { ...env, NX_DAEMON: 'false', PATH: `${shim}${delimiter}${process.env['PATH']}` },
    },
  );
  const asked = await readFile(join(shim, 'asked'), 'utf8');
  const tag = /--tag todo\/migrations:(\d+)/.exec(asked)?.[1];
  expect(tag).toMatch(/^\d+$/);
  expect((await imageTags())['migrations']).toBe(tag);
}, 120_000);
