import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, startPostgres, type Postgres } from '@todo/embedded-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { schemaIsCurrent } from './schema-is-current.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

test('six processes may migrate the same empty database at once', async () => {
  const url = await createTestDatabase(postgres);
  await Promise.all(Array.from({ length: 6 }, () => migrate(url)));
  const database = createDatabase(url);
  const { rows } = await database.pool.query('select hash from drizzle.__drizzle_migrations');
  await database.close();
  expect(new Set(rows.map((row) => row.hash)).size).toBe(rows.length);
});

test('the schema is current once it was migrated, and not before', async () => {
  const url = await createTestDatabase(postgres);
  const database = createDatabase(url);
  expect(await schemaIsCurrent(database.db)).toBe(false);
  await migrate(url);
  expect(await schemaIsCurrent(database.db)).toBe(true);
  await database.close();
});

test('a schema that is newer than this code counts as current', async () => {
  const url = await createTestDatabase(postgres);
  await migrate(url);
  const database = createDatabase(url);
  await database.pool.query(
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('next', $1)`,
    [Date.now() * 2],
  );
  expect(await schemaIsCurrent(database.db)).toBe(true);
  await database.close();
});

test('a database that does not answer is an error, not an old schema', async () => {
  const database = createDatabase('postgresql://nobody:x@127.0.0.1:1/none');
  await expect(schemaIsCurrent(database.db)).rejects.toThrow();
  await database.close();
});

test('a migration that fails is rolled back as a whole and the lock is released', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'todo-migrations-'));
  await cp(join(import.meta.dirname, '../migrations'), folder, { recursive: true });
  const journalPath = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(await readFile(journalPath, 'utf8'));
  journal.entries.push({
    idx: 99,
    version: '7',
    when: Date.now() * 2,
    tag: 'broken',
    breakpoints: true,
  });
  await writeFile(journalPath, JSON.stringify(journal));
  await writeFile(
    join(folder, 'broken.sql'),
    'create table half (id int);--> statement-breakpoint\nalter table missing add column x int;',
  );
  const url = await createTestDatabase(postgres);
  await expect(migrate(url, folder)).rejects.toThrow(/missing/);
  await rm(folder, { recursive: true });
  await migrate(url);
  const database = createDatabase(url);
  const { rows } = await database.pool.query(`select to_regclass('half') as half`);
  await database.close();
  expect(rows[0].half).toBeNull();
});
