import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createDatabase, schemaIsCurrent } from '@todo/database';
import { createTestDatabase, startPostgres, type Postgres } from '@todo/embedded-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateWhenUp } from './migrate-when-up.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

test('it waits for a database that is not up yet', async () => {
  const port = await unusedPort();
  let late: Promise<Postgres> | undefined;
  await expect(
    migrateWhenUp({
      url: `postgresql://todo:unknown@127.0.0.1:${port}/postgres`,
      deadlineMs: 30_000,
      pauseMs: 50,
      onUnavailable: () => (late ??= startPostgres({ port })),
    }),
    // It did come up, and then refused the password: that is final.
  ).rejects.toThrow(/password authentication failed/);
  expect(late).toBeDefined();
  await (await late)?.stop();
});

test('it brings a database up to date and may run again', async () => {
  const url = await createTestDatabase(postgres);
  await migrateWhenUp({ url, deadlineMs: 0, pauseMs: 0 });
  await migrateWhenUp({ url, deadlineMs: 0, pauseMs: 0 });
  const database = createDatabase(url);
  expect(await schemaIsCurrent(database.db)).toBe(true);
  await database.close();
});

test('it gives up when the deadline has passed', async () => {
  const url = `postgresql://todo:x@127.0.0.1:${await unusedPort()}/postgres`;
  await expect(migrateWhenUp({ url, deadlineMs: 100, pauseMs: 60 })).rejects.toThrow(
    /ECONNREFUSED/,
  );
});

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
