import { chmod, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resetLocal } from '../data-folder.ts';
import { startLocal, type LocalOptions, type LocalRun } from '../start-local.ts';

/** The repository, in which `nx test local` has built the apps. */
export const root = join(import.meta.dirname, '../../../..');

/** A temporary place for local runs; `clear` stops those still running and removes their data. */
export async function createScratch() {
  const folder = await mkdtemp(join(tmpdir(), 'todo-local-'));
  // PostgreSQL, which is not run as root, can enter it.
  await chmod(folder, 0o755);
  const runs: LocalRun[] = [];
  const dataDir = join(folder, 'data');
  return {
    folder,
    dataDir,
    async start(options: Partial<LocalOptions> = {}): Promise<LocalRun> {
      const run = await startLocal({ root, dataDir, port: 0, ...options });
      runs.push(run);
      return run;
    },
    async clear() {
      await Promise.all(runs.map((run) => run.stop()));
      await resetLocal(dataDir).catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Scratch = Awaited<ReturnType<typeof createScratch>>;

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Whether somebody listens where a URL points to on this machine. */
export function isOpen(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(url).port) });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/**
 * What still runs for a data folder: processes that write their log there, or were told of it.
 * Linux only; elsewhere nothing is found.
 */
export async function processesOf(dataDir: string): Promise<string[]> {
  const pids = (await readdir('/proc').catch((): string[] => [])).filter((name) =>
    /^\d+$/.test(name),
  );
  const found = await Promise.all(
    pids.map(async (pid) => {
      if (pid === String(process.pid)) return undefined;
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const output = await readlink(`/proc/${pid}/fd/1`).catch(() => '');
      const concerned = command.includes(dataDir) || output.startsWith(dataDir);
      return concerned ? `${pid} ${command.replaceAll('\0', ' ')}` : undefined;
    }),
  );
  return found.filter((one) => one !== undefined);
}
