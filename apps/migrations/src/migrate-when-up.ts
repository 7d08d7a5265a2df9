import { setTimeout as wait } from 'node:timers/promises';
import { isUnavailable } from '@todo/database';
import { migrate } from '@todo/database/migrate';

export interface MigrateWhenUpOptions {
  url: string;
  /** Folder of the SQL files; by default the library's own. */
  folder?: string | undefined;
  /** How long the database may take to answer, in milliseconds. */
  deadlineMs: number;
  /** Pause between two attempts, in milliseconds. */
  pauseMs: number;
  /** Told of each attempt that found no database. */
  onUnavailable?: (error: Error) => void;
}

/**
 * Migrates as soon as the database answers.
 * @throws the last error once the deadline has passed, and at once one that waiting cannot mend (a
 *   wrong password, a failing statement)
 */
export async function migrateWhenUp(options: MigrateWhenUpOptions): Promise<void> {
  const deadline = Date.now() + options.deadlineMs;
  for (;;) {
    try {
      return await migrate(options.url, options.folder);
    } catch (error) {
      if (!isUnavailable(error) || Date.now() + options.pauseMs > deadline) throw error;
      options.onUnavailable?.(error as Error);
      await wait(options.pauseMs);
    }
  }
}
