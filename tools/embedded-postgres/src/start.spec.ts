import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPostgres, type Postgres } from './start.ts';
import { createTestDatabase } from './test-database.ts';

let folder: string;
let running: Postgres[];

beforeEach(async () => {
  running = [];
  folder = await mkdtemp(join(tmpdir(), 'todo-embedded-'));
  await chmod(folder, 0o755);
});
afterEach(async () => {
  await Promise.all(running.map((postgres) => postgres.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(...options: Parameters<typeof startPostgres>) {
  const postgres = await startPostgres(...options);
  running.push(postgres);
  return postgres;
}

async function query(url: string, text: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a temporary server holds any text and leaves nothing behind', async () => {
  const postgres = await start();
  expect(
    await query(postgres.url, `select 'Grüße 🦊', current_setting('server_encoding')`),
  ).toEqual(['Grüße 🦊', 'UTF8']);
  const [dataDir] = await query(postgres.url, 'show data_directory');
  await postgres.stop();
  expect(isAlive(postgres.pid)).toBe(false);
  expect(existsSync(dataDir)).toBe(false);
});

test('it listens on 127.0.0.1 only and asks for the password', async () => {
  const postgres = await start();
  expect(await query(postgres.url, 'show listen_addresses')).toEqual(['127.0.0.1']);
  const url = new URL(postgres.url);
  url.password = 'wrong';
  await expect(query(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
});

test('test databases are empty and apart from each other', async () => {
  const postgres = await start();
  const [one, two] = [await createTestDatabase(postgres), await createTestDatabase(postgres)];
  await query(one, 'create table only_here ()');
  expect(await query(two, `select to_regclass('only_here')`)).toEqual([null]);
});

test('data and password outlive the server', async () => {
  const dataDir = join(folder, 'deep/er/data');
  const first = await start({ dataDir });
  await query(first.url, 'create table kept as select 7 as n');
  await first.stop();
  expect((await stat(join(dataDir, 'todo-password'))).mode & 0o777).toBe(0o600);
  const second = await start({ dataDir });
  expect(await query(second.url, 'select n from kept')).toEqual([7]);
  expect(new URL(second.url).password).toBe(new URL(first.url).password);
});

test('a second start on the same folder names the process that has it', async () => {
  const dataDir = join(folder, 'data');
  const first = await start({ dataDir });
  await expect(startPostgres({ dataDir })).rejects.toThrow(
    `already in use by a running PostgreSQL (process ${first.pid})`,
  );
  expect(await query(first.url, 'select 1')).toEqual([1]);
});

test('of two first starts at once, one runs and the other is told why not', async () => {
  const dataDir = join(folder, 'data');
  const results = await Promise.allSettled([start({ dataDir }), start({ dataDir })]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const [lost] = results.filter((result) => result.status === 'rejected');
  expect(String(lost?.reason)).toMatch(/already in use/);
});

test('a killed server starts again with its data', async () => {
  const dataDir = join(folder, 'data');
  const first = await start({ dataDir });
  await query(first.url, 'create table kept as select 7 as n');
  process.kill(first.pid, 'SIGKILL');
  await first.stop();
  // Its children notice by themselves; until then the folder counts as in use.
  await expect
    .poll(() => start({ dataDir }).then(() => 'runs', String), { timeout: 20_000 })
    .toBe('runs');
  expect(await query(running.at(-1)?.url ?? '', 'select n from kept')).toEqual([7]);
});

test('a lock whose process id now belongs to another program does not block', async () => {
  const dataDir = join(folder, 'data');
  const first = await start({ dataDir });
  const lock = await readFile(join(dataDir, 'postmaster.pid'), 'utf8');
  await first.stop();
  const other = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {});
  try {
    await writeFile(
      join(dataDir, 'postmaster.pid'),
      lock.replace(/^\d+/, String(other.pid)).replace(/^ *\d+ +\d+ *$/m, ''),
    );
    await start({ dataDir });
  } finally {
    other.kill();
  }
});

test('it shuts down when the process that started it is killed', async () => {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { startPostgres } = await import(${JSON.stringify(join(import.meta.dirname, 'start.ts'))});
       const { pid, url } = await startPostgres();
       console.log(JSON.stringify({ pid, url }));
       setInterval(() => {}, 1000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const { pid, url } = JSON.parse(line);
  const [dataDir] = await query(url, 'show data_directory');
  child.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  await expect.poll(() => existsSync(dataDir), { timeout: 20_000 }).toBe(false);
});

test('a folder with other files is left alone', async () => {
  const dataDir = join(folder, 'photos');
  await mkdir(dataDir);
  await writeFile(join(dataDir, 'cat.jpg'), 'meow');
  await expect(startPostgres({ dataDir })).rejects.toThrow(/holds files but no PostgreSQL cluster/);
  expect(await readFile(join(dataDir, 'cat.jpg'), 'utf8')).toBe('meow');
});

test('a cluster of another major version is refused by name', async () => {
  const dataDir = join(folder, 'data');
  await (await start({ dataDir })).stop();
  await writeFile(join(dataDir, 'PG_VERSION'), '15\n');
  await expect(startPostgres({ dataDir })).rejects.toThrow(
    /made by PostgreSQL 15.*is PostgreSQL 18/,
  );
});

test('a taken port is refused by number', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(startPostgres({ port })).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`);
  other.close();
});

test.runIf(process.getuid?.() === 0)(
  'root can keep the data in its private home folder',
  async () => {
    await chmod(folder, 0o700);
    const dataDir = join(folder, 'data');
    const first = await start({ dataDir });
    await query(first.url, 'create table kept as select 7 as n');
    const [where] = await query(first.url, 'show data_directory');
    await first.stop();
    const second = await start({ dataDir });
    expect(await query(second.url, 'select n from kept')).toEqual([7]);
    await second.stop();
    await rm(where, { recursive: true });
  },
);
