import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** The user that PostgreSQL runs as, or undefined when it is the current one. */
export type Owner = { uid: number; gid: number } | undefined;

const NOBODY = { uid: 65534, gid: 65534 };

/** True when the current process is root, as which PostgreSQL refuses to run. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Who runs PostgreSQL on a data directory: the current user, but never root. Root hands over to
 * the owner of an existing data directory, and otherwise to 65534 ("nobody").
 * @param dataDir absolute path; it need not exist
 */
export async function ownerFor(dataDir: string): Promise<Owner> {
  if (!isRoot()) return undefined;
  const found = await stat(dataDir).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : NOBODY;
}

/**
 * Whether `owner` may pass through every folder above `path` (a home folder of mode 0700 stops it).
 * @param path absolute path; it need not exist
 */
export async function isReachable(path: string, owner: Owner): Promise<boolean> {
  if (!owner) return true;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found) {
      const mine = found.uid === owner.uid ? 0o100 : found.gid === owner.gid ? 0o010 : 0o001;
      if ((found.mode & mine) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}
