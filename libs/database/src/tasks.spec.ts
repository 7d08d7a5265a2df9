import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { tasks, user } from './schema/index.ts';
import { tasksOf } from './tasks.ts';
import { startTestDatabase, type TestDatabase } from './testing/two-people.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
beforeEach(() => database.reset());

test('tasks are listed oldest first, all or by state', async () => {
  const ann = tasksOf(database.db, 'ann');
  const milk = await ann.add({ title: 'milk' });
  const bread = await ann.add({ title: 'bread' });
  await ann.change(milk.id, { completed: true });
  expect((await ann.list()).map((task) => task.title)).toEqual(['milk', 'bread']);
  expect((await ann.list({ completed: true })).map((task) => task.id)).toEqual([milk.id]);
  expect((await ann.list({ completed: false })).map((task) => task.id)).toEqual([bread.id]);
});

test('a change touches only what it names', async () => {
  const ann = tasksOf(database.db, 'ann');
  const milk = await ann.add({ title: 'milk' });
  expect(await ann.change(milk.id, { title: 'oat milk' })).toMatchObject({
    id: milk.id,
    title: 'oat milk',
    completed: false,
    createdAt: milk.createdAt,
  });
  expect(await ann.change(milk.id, { completed: true })).toMatchObject({
    title: 'oat milk',
    completed: true,
  });
});

test("another user's task can be neither read, changed nor removed", async () => {
  const ann = tasksOf(database.db, 'ann');
  const bob = tasksOf(database.db, 'bob');
  const { id } = await ann.add({ title: 'private' });
  expect(await bob.list()).toEqual([]);
  expect(await bob.get(id)).toBeUndefined();
  expect(await bob.change(id, { title: 'mine now' })).toBeUndefined();
  expect(await bob.remove(id)).toBeUndefined();
  expect(await ann.get(id)).toMatchObject({ title: 'private' });
});

test.each(['', 'nonsense', "' or 1=1 --", '00000000-0000-4000-8000-000000000000'])(
  'the unknown id %j finds nothing',
  async (id) => {
    const ann = tasksOf(database.db, 'ann');
    expect(await ann.get(id)).toBeUndefined();
    expect(await ann.change(id, { completed: true })).toBeUndefined();
    expect(await ann.remove(id)).toBeUndefined();
  },
);

test('a title is stored letter for letter', async () => {
  const title = `Robert'); DROP TABLE tasks;-- "\\ 🦊 \u202e%s`;
  const ann = tasksOf(database.db, 'ann');
  const { id } = await ann.add({ title });
  expect((await ann.get(id))?.title).toBe(title);
});

test('removing a user removes the tasks', async () => {
  await tasksOf(database.db, 'ann').add({ title: 'milk' });
  await tasksOf(database.db, 'bob').add({ title: 'bread' });
  await database.db.delete(user).where(eq(user.id, 'ann'));
  expect((await database.db.select().from(tasks)).map((task) => task.title)).toEqual(['bread']);
});
