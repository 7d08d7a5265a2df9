import { createTestDatabase, startPostgres } from '@todo/embedded-postgres';
import { createDatabase, type Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import { user } from '../schema/index.ts';

/** A database for tests, on a PostgreSQL of its own, with the users `ann` and `bob` in it. */
export interface TestDatabase extends Database {
  url: string;
  /** Takes everything away but the two. */
  reset: () => Promise<void>;
  /** Stops PostgreSQL alone, as an outage does. */
  stopServer: () => Promise<void>;
  /** Closes the connections and stops PostgreSQL. */
  stop: () => Promise<void>;
}

/** Starts PostgreSQL, migrates a new database, and adds the two users. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const postgres = await startPostgres();
  const url = await createTestDatabase(postgres);
  await migrate(url);
  const database = createDatabase(url);
  const reset = async () => {
    await database.db.delete(user);
    await database.db
      .insert(user)
      .values(['ann', 'bob'].map((id) => ({ id, name: id, email: `${id}@example.com` })));
  };
  await reset();
  return {
    ...database,
    url,
    reset,
    stopServer: () => postgres.stop(),
    async stop() {
      await database.close();
      await postgres.stop();
    },
  };
}
