import { sql } from 'drizzle-orm';
import journal from '../migrations/meta/_journal.json' with { type: 'json' };
import type { Db } from './database.ts';

/** PostgreSQL's code for a table that does not exist. */
const UNDEFINED_TABLE = '42P01';

/**
 * Whether every migration that this code knows has been applied. A newer schema counts as current,
 * so that running pods stay ready while the next release migrates.
 * @throws Error when the database does not answer
 */
export async function schemaIsCurrent(db: Db): Promise<boolean> {
  const wanted = Math.max(...journal.entries.map((entry) => entry.when));
  try {
    const { rows } = await db.execute<{ latest: string | null }>(
      sql`select max(created_at) as latest from drizzle.__drizzle_migrations`,
    );
    return Number(rows[0]?.latest ?? 0) >= wanted;
  } catch (error) {
    if (codeOf(error) === UNDEFINED_TABLE) return false;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause && typeof cause === 'object' && 'code' in cause ? cause.code : undefined;
}
