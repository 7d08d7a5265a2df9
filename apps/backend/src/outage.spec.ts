import { problem } from '@todo/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chatEvents, startBackend, type Client, type TestBackend } from './testing/backend.ts';
import { say } from './testing/chat.ts';

let backend: TestBackend;
let ann: Client;
let events: unknown[];

beforeAll(async () => {
  backend = await startBackend({
    runAgent: async function* () {
      yield { type: 'delta', text: 'Half an answer' };
      await backend.stopDatabase();
      yield { type: 'done' };
    },
  });
  ann = await backend.signUp('ann');
  events = await chatEvents(await say(ann, 'Hello'));
});
afterAll(() => backend.stop());

test.each([
  ['GET', '/api/tasks', undefined],
  ['POST', '/api/tasks', { title: 'milk' }],
  ['GET', '/api/conversations', undefined],
  ['POST', '/api/chat', { message: 'Hello' }],
  ['POST', '/api/tokens', { audience: 'todo-mcp' }],
  ['GET', '/api/auth/get-session', undefined],
  ['GET', '/api/auth/jwks', undefined],
  ['POST', '/api/auth/sign-in/email', { email: 'a@b.co', password: 'correct horse' }],
  ['POST', '/api/auth/sign-up/email', { name: 'a', email: 'a@b.co', password: 'correct horse' }],
  ['POST', '/api/auth/sign-out', {}],
])('without its database, %s %s is a 503 that says to try again', async (method, path, body) => {
  const before = ann.cookies.size;
  const response = await (body ? ann.send(method, path, body) : ann.fetch(path, { method }));
  expect(response.status).toBe(503);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  const text = await response.text();
  expect(problem.parse(JSON.parse(text))).toMatchObject({ code: 'database_unavailable' });
  expect(text).not.toMatch(/ECONN|127\.0\.0\.1|terminated|select|insert/i);
  // Nobody is signed out by an outage.
  expect(ann.cookies.size).toBe(before);
});

test('an answer that cannot be kept any more ends with an error that says so', () => {
  expect(events.at(-1)).toMatchObject({ type: 'error', code: 'database_unavailable' });
});
