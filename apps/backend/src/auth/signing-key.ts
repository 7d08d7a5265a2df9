import { schema, type Db } from '@todo/database';
import type { Logger } from '@todo/service';
import { sql } from 'drizzle-orm';
import type { Auth } from './auth.ts';

/** The advisory lock under which a replica makes the first signing key. */
const LOCK = 7_206_513_022;

/**
 * Makes sure that there is a signing key and that this AUTH_SECRET opens it, before the first token
 * is needed: two replicas making keys at once would leave verifiers with the wrong one for a while.
 * Keys that a changed AUTH_SECRET cannot open are replaced.
 * @returns a readiness check; it works once, then resolves at once
 */
export function signingKeyCheck(auth: Auth, db: Db, logger: Logger): () => Promise<void> {
  const ensure = () =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
      try {
        await sign(auth);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.includes('Failed to decrypt')) throw error;
        logger.warn('AUTH_SECRET changed: the signing keys are replaced');
        await db.delete(schema.jwks);
        await sign(auth);
      }
    });
  let ensured: Promise<void> | undefined;
  // Probes that come while the first one waits for the lock wait with it.
  return () =>
    (ensured ??= ensure().catch((error: unknown) => {
      ensured = undefined;
      throw error;
    }));
}

async function sign(auth: Auth): Promise<void> {
  await auth.api.signJWT({ body: { payload: { sub: 'none', exp: 0 } } });
}
