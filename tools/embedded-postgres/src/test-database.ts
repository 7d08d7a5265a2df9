import { randomBytes } from 'node:crypto';
import pg from 'pg';

/**
 * Makes an empty database of its own for a test.
 * @param postgres the running server; its url's user must be allowed to create databases
 * @returns the new database's connection string
 */
export async function createTestDatabase(postgres: { url: string }): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  return url.href;
}
