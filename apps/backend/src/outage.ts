import { isUnavailable, type Db } from '@todo/database';
import { HttpProblem } from '@todo/service';
import { sql } from 'drizzle-orm';

/** Seconds after which a client may try again; a database restarts in about that time. */
const RETRY_AFTER_SECONDS = '5';

/** A 503 for what failed because the database cannot be reached; undefined for everything else. */
export function outageProblem(error: unknown): HttpProblem | undefined {
  if (!isUnavailable(error)) return undefined;
  return new HttpProblem(
    503,
    'database_unavailable',
    'The service is not available now.',
    'The database cannot be reached. Try again in a moment.',
    { headers: { 'retry-after': RETRY_AFTER_SECONDS }, cause: error },
  );
}

/**
 * Throws when the database cannot be reached. better-auth answers 500 without the cause; asking the
 * database tells an outage from a defect.
 */
export async function throwOutage(db: Db): Promise<void> {
  await db.execute(sql`select 1`);
}
