import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes PostgreSQL's lock of a killed server when its process id has been given to another
 * program since, which PostgreSQL itself would take for the running server. Linux only: elsewhere
 * nothing tells what a process is, and the lock stays.
 * @param dataDir the cluster's real folder
 */
export async function removeStaleLock(dataDir: string): Promise<void> {
  const lock = join(dataDir, 'postmaster.pid');
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  // A process that has ended, or of which nothing is known, is left to PostgreSQL's own judgement.
  if (command === undefined || command === '') return;
  if (!(command.split('\0')[0] ?? '').includes('postgres')) await rm(lock, { force: true });
}
