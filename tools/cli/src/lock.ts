import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './settings.ts';
import { UserError } from './user-error.ts';

/**
 * Runs an action while no other process of this checkout works on the same cluster. A lock whose
 * process is gone is taken over.
 * @throws UserError when another process holds the lock
 */
export async function withLock<T>(
  name: string,
  action: () => Promise<T>,
  folder = join(root, '.todo'),
): Promise<T> {
  const file = join(folder, `${name}.lock`);
  await mkdir(folder, { recursive: true });
  await take(file, name);
  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string, name: string): Promise<void> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const pid = Number(await readFile(file, 'utf8').catch(() => ''));
    if (pid && isAlive(pid)) {
      throw new UserError(
        `Another command works on the cluster "${name}" from this checkout (process ${pid}).`,
        'Wait until it is done, or stop it with Ctrl-C in its terminal.',
      );
    }
    await rm(file, { force: true });
    await take(file, name);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
