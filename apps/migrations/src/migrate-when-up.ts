import { setTimeout as wait } from 'node:timers/promises';
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

/** Node's and PostgreSQL's codes that mean "not yet": the server starts, or its name is not known. */
const NOT_YET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  '57P03', // cannot_connect_now
  '57P01', // admin_shutdown
]);

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
      if (!isNotYet(error) || Date.now() + options.pauseMs > deadline) throw error;
      options.onUnavailable?.(error as Error);
      await wait(options.pauseMs);
    }
  }
}

function isNotYet(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isNotYet);
  if (!(error instanceof Error)) return false;
  // What node-postgres says when its connectionTimeoutMillis has passed or the server hung up.
  if (/timeout expired|Connection terminated/.test(error.message)) return true;
  return 'code' in error && NOT_YET.has(String(error.code));
}
