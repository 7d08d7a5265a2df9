import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from './schema/index.ts';

export type Db = NodePgDatabase<typeof schema>;

export interface Database {
  db: Db;
  pool: pg.Pool;
  /** Waits for running queries and closes all connections. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections per process, 10 by default. */
  max?: number;
  /** Told of idle connections that broke; the pool replaces them by itself. */
  onError?: (error: Error) => void;
}

/**
 * A connection pool; nothing is connected before the first query.
 * @param url PostgreSQL connection string (a pooler's in transaction mode works)
 */
export function createDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // On our side: poolers refuse statement_timeout as a startup parameter.
    query_timeout: 15_000,
  });
  // Without a listener a lost idle connection ends the process.
  pool.on('error', options.onError ?? (() => undefined));
  let closed: Promise<void> | undefined;
  return { db: drizzle(pool, { schema }), pool, close: () => (closed ??= pool.end()) };
}
