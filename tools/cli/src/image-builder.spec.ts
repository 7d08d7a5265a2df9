import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openImageBuilder } from './image-builder.ts';

let shim: string;
beforeEach(async () => {
  // Stands for docker, which this machine need not have; only what it is asked for matters here.
  shim = await mkdtemp(join(tmpdir(), 'docker-'));
  // Nx must not take itself for a task of the Nx that runs this test.
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('NX_')) vi.stubEnv(name, undefined);
  }
  vi.stubEnv('NX_DAEMON', 'false');
  vi.stubEnv('PATH', `${shim}${delimiter}${process.env['PATH']}`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(shim, { recursive: true });
});

async function dockerIs(script: string): Promise<void> {
  await writeFile(join(shim, 'docker'), `#!/bin/sh\n${script}\n`);
  await chmod(join(shim, 'docker'), 0o755);
}

it('builds the image that the tag says', async () => {
  await dockerIs('echo "$*" > "${0%/*}/asked"');
  vi.stubEnv('FORCE_COLOR', 'true');
  const builder = openImageBuilder();
  const tags = await builder.tags();
  expect(Object.keys(tags)).toEqual(['agent', 'backend', 'frontend', 'mcp', 'migrations']);
  const lines: string[] = [];
  await builder.build(['migrations'], (line) => lines.push(line));
  expect(lines.join('\n')).toContain('migrations:docker-build');
  expect(lines.join('\n')).not.toContain('\x1b');
  const asked = await readFile(join(shim, 'asked'), 'utf8');
  expect(asked).toContain(`--tag todo/migrations:${tags['migrations']}`);
}, 120_000);

it('shows why an image could not be built', async () => {
  // Nx may lose what a program says that ends at once; Docker takes longer.
  await dockerIs('echo "no space left on device" >&2; sleep 0.3; exit 1');
  const builder = openImageBuilder();
  await builder.tags();
  await expect(builder.build(['migrations'], () => undefined)).rejects.toThrow(
    /The images of migrations could not be built:[^]*no space left on device/,
  );
}, 120_000);

it('shows why there are no tags', async () => {
  vi.stubEnv('NODE_OPTIONS', '--require=./not-there.cjs');
  await expect(openImageBuilder().tags()).rejects.toThrow(
    /Nx cannot read the workspace:[^]*not-there\.cjs/,
  );
});
