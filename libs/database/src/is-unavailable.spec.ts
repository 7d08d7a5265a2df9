import { createTestDatabase, startPostgres } from '@todo/embedded-postgres';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createDatabase } from './database.ts';
import { isUnavailable } from './is-unavailable.ts';

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('It did not fail.'),
    (error: unknown) => error,
  );

test('a server that stops, before, during and after a query, is unavailable', async () => {
  const postgres = await startPostgres();
  const { db, close } = createDatabase(await createTestDatabase(postgres));
  await db.execute(sql`select 1`);
  const cutOff = failureOf(db.execute(sql`select pg_sleep(60)`));
  await expect
    .poll(async () => {
      const { rows } = await db.execute(
        sql`select 1 from pg_stat_activity where query like '%pg_sleep(60)%' and pid <> pg_backend_pid()`,
      );
      return rows.length;
    })
    .toBe(1);
  await postgres.stop();
  expect(isUnavailable(await cutOff)).toBe(true);
  expect(isUnavailable(await failureOf(db.execute(sql`select 1`)))).toBe(true);
  await close();
  expect(isUnavailable(await failureOf(db.execute(sql`select 1`)))).toBe(true);
});

test('a name that nobody knows is unavailable', async () => {
  const { db, close } = createDatabase('postgresql://todo:x@database.invalid/todo');
  expect(isUnavailable(await failureOf(db.execute(sql`select 1`)))).toBe(true);
  await close();
});

test('a failing statement and a wrong password are not', async () => {
  const postgres = await startPostgres();
  const { db, close } = createDatabase(postgres.url);
  expect(isUnavailable(await failureOf(db.execute(sql`select * from nowhere`)))).toBe(false);
  await close();
  const url = new URL(postgres.url);
  url.password = 'wrong';
  const stranger = createDatabase(url.href);
  expect(isUnavailable(await failureOf(stranger.db.execute(sql`select 1`)))).toBe(false);
  await stranger.close();
  await postgres.stop();
});

test.each([
  ['57P03', 'the database system is starting up', true],
  ['53300', 'sorry, too many clients already', true],
  [undefined, 'timeout exceeded when trying to connect', true],
  [undefined, 'Query read timeout', true],
  ['23505', 'duplicate key value violates unique constraint', false],
  [undefined, 'timeout', false],
])('%s %s: %s', (code, message, unavailable) => {
  const cause = Object.assign(new Error(message), { code });
  expect(isUnavailable(new Error('Failed query', { cause }))).toBe(unavailable);
});
