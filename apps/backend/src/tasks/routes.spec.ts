import { problem, task, taskList } from '@todo/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBackend, type TestBackend } from '../testing/backend.ts';

let backend: TestBackend;

beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend.stop());

test('a task is added, listed, renamed, completed and deleted', async () => {
  const ann = await backend.signUp('ann');
  const created = await ann.send('POST', '/api/tasks', { title: '  Buy milk ' });
  expect(created.status).toBe(201);
  const { id, ...rest } = task.parse(await created.json());
  expect(rest).toMatchObject({ title: 'Buy milk', completed: false });

  await ann.send('PATCH', `/api/tasks/${id}`, { title: 'Buy oat milk' });
  const changed = await ann.send('PATCH', `/api/tasks/${id}`, { completed: true });
  expect(task.parse(await changed.json())).toMatchObject({
    title: 'Buy oat milk',
    completed: true,
  });

  const { tasks } = taskList.parse(await (await ann.fetch('/api/tasks')).json());
  expect(tasks.map((found) => found.id)).toEqual([id]);
  expect((await ann.fetch(`/api/tasks/${id}`)).status).toBe(200);
  expect((await ann.fetch(`/api/tasks/${id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await ann.fetch(`/api/tasks/${id}`)).status).toBe(404);
});

test("another user's task answers exactly as an unknown one", async () => {
  const ann = await backend.signUp('ann');
  const bob = await backend.signUp('bob');
  const created = await ann.send('POST', '/api/tasks', { title: 'private' });
  const { id } = task.parse(await created.json());
  const unknown = '00000000-0000-4000-8000-000000000000';
  for (const attempt of [
    (target: string) => bob.fetch(`/api/tasks/${target}`),
    (target: string) => bob.send('PATCH', `/api/tasks/${target}`, { completed: true }),
    (target: string) => bob.fetch(`/api/tasks/${target}`, { method: 'DELETE' }),
  ]) {
    const foreign = await attempt(id);
    expect(foreign.status).toBe(404);
    expect(await foreign.json()).toEqual(await (await attempt(unknown)).json());
  }
  expect(await (await bob.fetch('/api/tasks')).json()).toEqual({ tasks: [] });
  expect(task.parse(await (await ann.fetch(`/api/tasks/${id}`)).json()).completed).toBe(false);
});

test.each(['nonsense', "1' or '1'='1", '../../etc/passwd', '%00'])(
  'the forged id %j is not found',
  async (id) => {
    const ann = await backend.signUp('ann');
    const path = `/api/tasks/${encodeURIComponent(id)}`;
    for (const response of [
      await ann.fetch(path),
      await ann.send('PATCH', path, { completed: true }),
      await ann.fetch(path, { method: 'DELETE' }),
    ])
      expect(response.status).toBe(404);
  },
);

test('a title that looks like SQL or HTML is kept letter for letter', async () => {
  const ann = await backend.signUp('ann');
  const title = `Robert'); DROP TABLE tasks;-- <script>alert("1")</script> 🦊`;
  const created = await ann.send('POST', '/api/tasks', { title });
  expect(task.parse(await created.json()).title).toBe(title);
});

test.each([
  ['no title', {}],
  ['a blank title', { title: '   ' }],
  ['a title that is too long', { title: 'x'.repeat(201) }],
  ['a title that is no text', { title: 7 }],
  ['a title with NUL, which PostgreSQL cannot store', { title: 'a\0b' }],
  ["somebody else's user id", { title: 'x', userId: 'bob' }],
])('a new task with %s is refused with the reason', async (_, body) => {
  const ann = await backend.signUp('ann');
  const response = await ann.send('POST', '/api/tasks', body);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(problem.parse(await response.json())).toMatchObject({ code: 'invalid_request' });
});

test('a change of nothing is refused', async () => {
  const ann = await backend.signUp('ann');
  const { id } = task.parse(await (await ann.send('POST', '/api/tasks', { title: 'x' })).json());
  expect((await ann.send('PATCH', `/api/tasks/${id}`, {})).status).toBe(400);
});

test('a malformed body is refused with 400, another type with 415, a large one with 413', async () => {
  const ann = await backend.signUp('ann');
  const post = (body: string, type = 'application/json') =>
    ann.fetch('/api/tasks', { method: 'POST', headers: { 'content-type': type }, body });
  expect((await post('{"title":')).status).toBe(400);
  expect((await post('')).status).toBe(400);
  expect((await post('title=x', 'application/x-www-form-urlencoded')).status).toBe(415);
  const large = await post(JSON.stringify({ title: 'x'.repeat(100_000) }));
  expect(large.status).toBe(413);
  expect(problem.parse(await large.json()).code).toBe('too_large');
});

test.each([
  ['GET', '/api/tasks'],
  ['POST', '/api/tasks'],
  ['GET', '/api/tasks/00000000-0000-4000-8000-000000000000'],
  ['PATCH', '/api/tasks/00000000-0000-4000-8000-000000000000'],
  ['DELETE', '/api/tasks/00000000-0000-4000-8000-000000000000'],
  ['GET', '/api/conversations'],
  ['GET', '/api/conversations/00000000-0000-4000-8000-000000000000'],
  ['DELETE', '/api/conversations/00000000-0000-4000-8000-000000000000'],
  ['POST', '/api/chat'],
  ['POST', '/api/tokens'],
])('%s %s needs a session', async (method, path) => {
  const response = await backend.client().fetch(path, { method });
  expect(response.status).toBe(401);
  expect(problem.parse(await response.json()).code).toBe('not_signed_in');
});
