import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { resetLocal } from './data-folder.ts';
import { LocalError } from './local-error.ts';
import type { LocalRun } from './start-local.ts';
import { createScratch, isAlive, processesOf, root, type Scratch } from './testing/scratch.ts';

vi.setConfig({ testTimeout: 180_000 });

let scratch: Scratch;
beforeEach(async () => {
  scratch = await createScratch();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await scratch.clear();
});

/** The error that a start or reset ends with, for a person to read. */
async function refusal(action: Promise<unknown>): Promise<LocalError> {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LocalError);
  return error as LocalError;
}

it('keeps a second start and a reset off a folder in use, and harms nothing', async () => {
  const run = await scratch.start();
  const logs = () => readdir(join(scratch.dataDir, 'logs'));
  const before = await logs();
  const second = await refusal(scratch.start());
  expect(second.message).toMatch(/already in use by a running PostgreSQL/);
  expect(second.hint).toMatch(/Ctrl-C.*--data/);
  expect((await refusal(resetLocal(scratch.dataDir))).message).toMatch(/in use by another run/);
  expect(await logs()).toEqual(before);
  expect((await fetch(`${run.urls.frontend}/readyz`)).status).toBe(200);
});

it('reports a service that dies, by its name', async () => {
  const run = await scratch.start();
  process.kill(run.pids['agent'] as number, 'SIGKILL');
  const error = await run.broken;
  expect(error).toBeInstanceOf(LocalError);
  expect(error.message).toMatch(/^agent ended unexpectedly\./);
  expect(error.hint).toContain(join(scratch.dataDir, 'logs/agent.log'));
  await run.stop();
  expect(Object.values(run.pids).filter(isAlive)).toEqual([]);
});

it.each(['Starting PostgreSQL', 'Migrating the database', 'Starting the services'])(
  'leaves nothing running when it is interrupted while %s',
  async (moment) => {
    const interruption = new AbortController();
    const start = scratch.start({
      signal: interruption.signal,
      onProgress: (text) => {
        if (text === moment) interruption.abort();
      },
    });
    await expect(start).rejects.toThrow(/abort/i);
    expect(await processesOf(scratch.dataDir)).toEqual([]);
    expect(existsSync(join(scratch.dataDir, 'postgres/postmaster.pid'))).toBe(false);
  },
);

it.runIf(process.platform === 'linux')(
  'ends everything when the program around it is killed',
  async () => {
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const { startLocal } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))});
       const run = await startLocal(${JSON.stringify({ root, dataDir: scratch.dataDir, port: 0 })});
       console.log(JSON.stringify(run));`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const running = (await processesOf(scratch.dataDir)).join('\n');
    for (const pid of Object.values((JSON.parse(line.toString()) as LocalRun).pids)) {
      expect(running).toContain(String(pid));
    }
    child.kill('SIGKILL');
    await expect.poll(() => processesOf(scratch.dataDir), { timeout: 30_000 }).toEqual([]);
  },
);

it('names a port that is taken, and starts nothing', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  try {
    const { message, hint } = await refusal(scratch.start({ port }));
    expect(message).toBe(`Port ${port} is taken by another program.`);
    expect(hint).toMatch(/--port 0/);
    expect(existsSync(scratch.dataDir)).toBe(false);
  } finally {
    other.close();
  }
});

it('passes on what a service says of a wrong variable', async () => {
  vi.stubEnv('LOG_LEVEL', 'nonsense');
  const { message } = await refusal(scratch.start());
  expect(message).toMatch(/LOG_LEVEL: .*trace/);
  expect(message).not.toMatch(/^\s+at /m);
});

it('says which app is not built', async () => {
  const empty = join(scratch.folder, 'empty');
  await mkdir(empty);
  const { message, hint } = await refusal(scratch.start({ root: empty }));
  expect(message).toMatch(/migrations is not built/);
  expect(hint).toMatch(/nx run-many -t build/);
});

it('reads keys from .env at the root of the repository', async () => {
  // Only .env differs from the real root; what is run is found through links.
  await symlink(join(root, 'apps'), join(scratch.folder, 'apps'));
  await writeFile(join(scratch.folder, '.env'), 'OPENAI_BASE_URL=not-a-url\n');
  const { message } = await refusal(scratch.start({ root: scratch.folder }));
  expect(message).toMatch(/^agent ended before it was ready[^]*OPENAI_BASE_URL/);
});

it('leaves a folder with other files alone', async () => {
  await mkdir(scratch.dataDir);
  await writeFile(join(scratch.dataDir, 'cat.jpg'), 'meow');
  expect((await refusal(scratch.start())).message).toMatch(/files that no local run made/);
  expect((await refusal(resetLocal(scratch.dataDir))).message).toMatch(/not made by a local run/);
  expect(await readdir(scratch.dataDir)).toEqual(['cat.jpg']);
});

it('says that a file is no folder for data', async () => {
  await writeFile(scratch.dataDir, 'text');
  const { message } = await refusal(scratch.start());
  expect(message).toMatch(/cannot be used for data/);
});

it('empties its own folder on reset, and keeps what somebody put beside', async () => {
  await (await scratch.start()).stop();
  await writeFile(join(scratch.dataDir, 'notes.txt'), 'mine');
  await resetLocal(scratch.dataDir);
  expect(await readdir(scratch.dataDir)).toEqual(['notes.txt']);
  await rm(join(scratch.dataDir, 'notes.txt'));
  await resetLocal(scratch.dataDir);
});
