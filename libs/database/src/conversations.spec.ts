import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { conversationsOf } from './conversations.ts';
import { messages } from './schema/index.ts';
import { startTestDatabase, type TestDatabase } from './testing/two-people.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
beforeEach(() => database.reset());

test('messages come back in the order they were added', async () => {
  const ann = conversationsOf(database.db, 'ann');
  const { id } = await ann.add({ title: 'Shopping' });
  for (const content of ['one', 'two', 'three'])
    await ann.addMessage(id, { role: content === 'two' ? 'assistant' : 'user', content });
  expect((await ann.get(id))?.messages.map(({ role, content }) => [role, content])).toEqual([
    ['user', 'one'],
    ['assistant', 'two'],
    ['user', 'three'],
  ]);
});

test('the conversation used last is listed first', async () => {
  const ann = conversationsOf(database.db, 'ann');
  const first = await ann.add({ title: 'first' });
  const second = await ann.add({ title: 'second' });
  await ann.addMessage(second.id, { role: 'user', content: 'hello' });
  await ann.addMessage(first.id, { role: 'user', content: 'hello' });
  expect((await ann.list()).map((found) => found.title)).toEqual(['first', 'second']);
});

test("another user's conversation can be neither read, written nor removed", async () => {
  const ann = conversationsOf(database.db, 'ann');
  const bob = conversationsOf(database.db, 'bob');
  const { id } = await ann.add({ title: 'private' });
  expect(await bob.list()).toEqual([]);
  expect(await bob.get(id)).toBeUndefined();
  expect(await bob.change(id, { title: 'mine' })).toBeUndefined();
  expect(await bob.addMessage(id, { role: 'user', content: 'forged' })).toBeUndefined();
  expect(await bob.remove(id)).toBeUndefined();
  expect(await ann.get(id)).toMatchObject({ title: 'private', messages: [] });
});

test('removing a conversation removes its messages', async () => {
  const ann = conversationsOf(database.db, 'ann');
  const { id } = await ann.add({ title: 'Shopping' });
  await ann.addMessage(id, { role: 'user', content: 'hello' });
  expect(await ann.remove(id)).toMatchObject({ id });
  expect(await database.db.select().from(messages)).toEqual([]);
  expect(await ann.addMessage(id, { role: 'user', content: 'late' })).toBeUndefined();
});
