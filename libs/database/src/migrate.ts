import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

/** Any number, but the same in every process: the one lock that a migrating process holds. */
const LOCK = 7_206_513_021;

/**
 * Brings the database's schema up to date. Several processes may do so at once: an advisory lock
 * lets one work while the others wait, and then find nothing left to do.
 * @param url a direct connection string; a pooler in transaction mode would lose the lock
 * @param folder the SQL files; by default `migrations` beside the bundle, or this library's own
 * @throws Error with the failing statement; that migration and all after it are rolled back
 */
export async function migrate(url: string, folder = defaultFolder()): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A connection that breaks also fails the running query, which is what gets reported.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await applyMigrations(drizzle(client), { migrationsFolder: folder });
  } finally {
    // The lock belongs to the connection and ends with it.
    await client.end();
  }
}

function defaultFolder(): string {
  const folders = [
    join(import.meta.dirname, 'migrations'),
    join(import.meta.dirname, '../migrations'),
  ];
  const found = folders.find((folder) => existsSync(join(folder, 'meta/_journal.json')));
  if (!found)
    throw new Error(`No SQL migrations in ${folders.join(' or ')}. Name their folder instead.`);
  return found;
}
