import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';

const main = join(import.meta.dirname, 'main.ts');

let programs: string;
beforeEach(async () => {
  // A machine on which minikube has no profile.
  programs = await mkdtemp(join(tmpdir(), 'programs-'));
  for (const [name, text] of [
    ['docker', 'exit 1'],
    ['minikube', 'echo \'{"invalid":[],"valid":[]}\''],
  ] as const) {
    const file = join(programs, name);
    await writeFile(file, `#!/bin/sh\n${text}\n`);
    await chmod(file, 0o755);
  }
});
afterEach(() => rm(programs, { recursive: true }));

const bench = (...args: string[]) =>
  execa(process.execPath, [main, ...args], { env: { PATH: programs }, reject: false });

it('lists the benches when asked for none', async () => {
  const { exitCode, stdout } = await bench();
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^ {2}gitops \[options\]/m);
});

it('explains what it measures', async () => {
  const { exitCode, stdout } = await bench('gitops', '--help');
  expect(exitCode).toBe(0);
  for (const part of ['--runs', '--only', '--write-docs', 'kubectl-set-image', 'Ctrl-C']) {
    expect(stdout).toContain(part);
  }
});

it('says what to do when there is no cluster', async () => {
  const { exitCode, stdout, stderr } = await bench('gitops', '--profile', 'nowhere');
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toBe('error: The cluster "nowhere" is missing.\nRun "npm run up" first.');
});

it.each([
  [['--runs', '0'], /"0" is not a number of runs\.\nGive a whole number/],
  [['--only', 'one-line,frob'], /nothing called "frob".*\nThere are: one-line, no-op/],
])('%j is refused with what is possible', async (args, complaint) => {
  const { exitCode, stderr } = await bench('gitops', ...args);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(complaint);
});
