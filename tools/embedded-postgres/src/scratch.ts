import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './error.ts';
import { isReachable, type Owner } from './owner.ts';

/**
 * A folder for temporary files that `owner` can reach: the system's own, or /var/tmp, or /tmp.
 * @throws EmbeddedPostgresError when none of them is
 */
export async function scratchFolder(owner: Owner): Promise<string> {
  for (const folder of [tmpdir(), '/var/tmp', '/tmp']) {
    const exists = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (exists && (await isReachable(join(folder, 'x'), owner))) return folder;
  }
  throw new EmbeddedPostgresError(
    `No temporary folder can be reached by user ${owner?.uid}. Set TMPDIR to a folder that every user may enter.`,
  );
}
