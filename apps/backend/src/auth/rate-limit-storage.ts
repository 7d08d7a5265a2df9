import { randomUUID } from 'node:crypto';
import { schema, type Db } from '@todo/database';
import { lt, sql } from 'drizzle-orm';

/** No limit has a longer window; older rows say nothing any more. */
const LONGEST_WINDOW_MS = 60 * 60 * 1000;

interface Rule {
  /** Seconds. */
  window: number;
  /** Requests in a window. */
  max: number;
}

/**
 * Counts requests in the database, so that all replicas count together. A window begins with its
 * first request and ends on time; better-auth's own storage begins it anew with each request, which
 * locks out whoever comes back steadily.
 */
export function rateLimitStorage(db: Db) {
  const { rateLimit } = schema;
  return {
    /** Counts one request of `key`; `retryAfter` is in seconds. */
    async consume(key: string, { window, max }: Rule) {
      const now = Date.now();
      const over = sql`${rateLimit.lastRequest} <= ${now - window * 1000}`;
      const [row] = await db
        .insert(rateLimit)
        .values({ id: randomUUID(), key, count: 1, lastRequest: now })
        .onConflictDoUpdate({
          target: rateLimit.key,
          set: {
            count: sql`case when ${over} then 1 else ${rateLimit.count} + 1 end`,
            lastRequest: sql`case when ${over} then ${now} else ${rateLimit.lastRequest} end`,
          },
        })
        .returning({ count: rateLimit.count, begun: rateLimit.lastRequest });
      if (!row) throw new Error('The database returned no row for a counted request.');
      if (row.count === 1)
        await db.delete(rateLimit).where(lt(rateLimit.lastRequest, now - LONGEST_WINDOW_MS));
      if (row.count <= max) return { allowed: true, retryAfter: null };
      return {
        allowed: false,
        retryAfter: Math.max(1, Math.ceil((row.begun + window * 1000 - now) / 1000)),
      };
    },
  };
}
