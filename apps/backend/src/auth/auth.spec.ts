import { schema } from '@todo/database';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { clientOf, ORIGIN, PASSWORD, startBackend, type TestBackend } from '../testing/backend.ts';

let backend: TestBackend;

beforeAll(async () => {
  backend = await startBackend({ trustedOrigins: ['https://partner.test'] });
});
afterAll(() => backend.stop());

const signIn = (email: string, password = PASSWORD) => ({ email, password });

test('a person signs up, signs out and signs in again', async () => {
  const ann = await backend.signUp('ann');
  expect((await ann.fetch('/api/tasks')).status).toBe(200);
  expect(await (await ann.fetch('/api/auth/get-session')).json()).toMatchObject({
    user: { id: ann.userId, email: ann.email, name: 'ann' },
  });

  const stolen = new Map(ann.cookies);
  expect((await ann.send('POST', '/api/auth/sign-out', {})).status).toBe(200);
  expect((await ann.fetch('/api/tasks')).status).toBe(401);
  for (const [name, value] of stolen) ann.cookies.set(name, value);
  expect((await ann.fetch('/api/tasks')).status).toBe(401);

  ann.cookies.clear();
  expect((await ann.send('POST', '/api/auth/sign-in/email', signIn(ann.email))).status).toBe(200);
  expect((await ann.fetch('/api/tasks')).status).toBe(200);
});

test('signing out needs no body', async () => {
  const ann = await backend.signUp('ann');
  const response = await ann.fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  expect(response.status).toBe(200);
  expect((await ann.fetch('/api/tasks')).status).toBe(401);
});

test('a wrong password is refused, in words that better-auth’s client understands', async () => {
  const ann = await backend.signUp('ann');
  const response = await backend
    .client()
    .send('POST', '/api/auth/sign-in/email', signIn(ann.email, 'wrong password'));
  expect(response.status).toBe(401);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({
    status: 401,
    code: 'INVALID_EMAIL_OR_PASSWORD',
    message: 'Invalid email or password',
  });
});

test('an unknown address is refused exactly like a wrong password', async () => {
  const ann = await backend.signUp('ann');
  const attempt = async (email: string) =>
    (
      await backend.client().send('POST', '/api/auth/sign-in/email', signIn(email, 'wrong one'))
    ).json();
  expect(await attempt('nobody@example.com')).toEqual(await attempt(ann.email));
});

test('a password is stored as a hash', async () => {
  const ann = await backend.signUp('ann');
  const [account] = await backend.database.db
    .select()
    .from(schema.account)
    .where(eq(schema.account.userId, ann.userId));
  expect(account?.password).toMatch(/^[0-9a-f]+:[0-9a-f]+$/);
  expect(backend.log.join('')).not.toContain(PASSWORD);
});

test('a session that has expired, was forged or was cut off is no session', async () => {
  const ann = await backend.signUp('ann');
  const [[name = '', value = ''] = []] = ann.cookies;
  for (const forged of ['x', `${value.split('.')[0]}.forged`, value.slice(0, -4)]) {
    ann.cookies.set(name, forged);
    expect((await ann.fetch('/api/tasks')).status).toBe(401);
  }
  ann.cookies.set(name, value);
  expect((await ann.fetch('/api/tasks')).status).toBe(200);
  await backend.database.db
    .update(schema.session)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(schema.session.userId, ann.userId));
  expect((await ann.fetch('/api/tasks')).status).toBe(401);
});

test('a session of one replica is known to the other', async () => {
  const ann = await backend.signUp('ann');
  const other = clientOf(createApp(backend.replica()));
  for (const [name, value] of ann.cookies) other.cookies.set(name, value);
  expect((await other.fetch('/api/tasks')).status).toBe(200);
});

test('cookies are HttpOnly and SameSite=Lax, and Secure under https only', async () => {
  const cookieUnder = async (headers: Record<string, string>) => {
    const person = backend.client(headers);
    const response = await person.send('POST', '/api/auth/sign-up/email', {
      name: 'ann',
      email: `${crypto.randomUUID()}@example.com`,
      password: PASSWORD,
    });
    return response.headers.getSetCookie().join();
  };
  const plain = await cookieUnder({});
  expect(plain).toMatch(/HttpOnly/);
  expect(plain).toMatch(/SameSite=Lax/);
  expect(plain).not.toMatch(/Secure/);
  expect(await cookieUnder({ 'x-forwarded-proto': 'https', origin: 'https://todo.test' })).toMatch(
    /; Secure$/,
  );
});

test.each([
  ['its own address', { origin: ORIGIN }, 200],
  ['any port of localhost', { host: 'localhost:30000', origin: 'http://localhost:30000' }, 200],
  [
    'the address that a proxy forwards',
    {
      host: 'backend-service:8000',
      'x-forwarded-host': 'todo.localhost',
      'x-forwarded-proto': 'https',
      origin: 'https://todo.localhost',
    },
    200,
  ],
  ['an origin of TRUSTED_ORIGINS', { origin: 'https://partner.test' }, 200],
  ['a foreign origin', { origin: 'https://evil.example' }, 403],
  ['another port of the same host', { origin: 'http://todo.test:1234' }, 403],
  ['an origin that only begins like ours', { origin: 'http://todo.test.evil.example' }, 403],
  ['a sandboxed page', { origin: 'null' }, 403],
  [
    'a foreign page behind the proxy',
    { 'x-forwarded-host': 'todo.localhost', origin: ORIGIN },
    403,
  ],
])('signing in from %s', async (_, headers, status) => {
  const ann = await backend.signUp('ann');
  const person = backend.client(headers);
  const response = await person.send('POST', '/api/auth/sign-in/email', signIn(ann.email));
  expect(response.status).toBe(status);
});

test('a page of a foreign origin cannot act with the cookie of a person', async () => {
  const ann = await backend.signUp('ann');
  const forged = (headers: Record<string, string>) =>
    ann.fetch('/api/tasks', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ title: 'forged' }),
    });
  expect((await forged({ origin: 'https://evil.example' })).status).toBe(403);
  expect(await (await ann.fetch('/api/tasks')).json()).toEqual({ tasks: [] });
});

test('a program without an Origin signs in, acts and signs out with its cookie', async () => {
  const ann = await backend.signUp('ann');
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.250' };
  const post = (path: string, body: unknown, cookie = '') =>
    backend.app.request(path, {
      method: 'POST',
      headers: { ...headers, ...(cookie && { cookie }) },
      body: JSON.stringify(body),
    });
  const response = await post('/api/auth/sign-in/email', signIn(ann.email));
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  expect((await post('/api/tasks', { title: 'by curl' }, cookie)).status).toBe(201);
  expect((await post('/api/auth/sign-in/email', signIn(ann.email), cookie)).status).toBe(200);
  expect((await post('/api/auth/sign-out', {}, cookie)).status).toBe(200);
});

test('guessing passwords is slowed down, and only for who guesses', async () => {
  const ann = await backend.signUp('ann');
  const guesser = backend.client();
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 25; attempt++)
    statuses.push(
      (await guesser.send('POST', '/api/auth/sign-in/email', signIn(ann.email, 'guess'))).status,
    );
  expect(statuses.at(-1)).toBe(429);
  const response = await guesser.send('POST', '/api/auth/sign-in/email', signIn(ann.email));
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  const other = backend.client();
  expect((await other.send('POST', '/api/auth/sign-in/email', signIn(ann.email))).status).toBe(200);
});

test.each([
  ['malformed JSON', '{"email":', 400],
  ['no body', '', 400],
  ['a number for a name', JSON.stringify({ name: 1, email: 'a@b.co', password: PASSWORD }), 400],
  ['NUL in the name', JSON.stringify({ name: 'a\0b', email: 'n@b.co', password: PASSWORD }), 400],
  ['a short password', JSON.stringify({ name: 'a', email: 'a@b.co', password: 'short' }), 400],
  ['no e-mail address', JSON.stringify({ name: 'a', email: 'nonsense', password: PASSWORD }), 400],
])('signing up with %s is refused', async (_, body, status) => {
  const response = await backend.client().fetch('/api/auth/sign-up/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ status });
});

test('signing in does not lead to a foreign page', async () => {
  const ann = await backend.signUp('ann');
  const attempt = (callbackURL: string) =>
    backend.client().send('POST', '/api/auth/sign-in/email', { ...signIn(ann.email), callbackURL });
  expect((await attempt('https://evil.example/')).status).toBe(403);
  expect((await attempt('//evil.example/')).status).toBe(403);
  expect((await attempt('/tasks')).status).toBe(200);
});

test('an unknown path under /api/auth is a 404 problem', async () => {
  const response = await backend.client().fetch('/api/auth/nothing-here');
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
});

test('better-auth does not hand out tokens of its own', async () => {
  const ann = await backend.signUp('ann');
  expect((await ann.fetch('/api/auth/token')).status).toBe(404);
  expect((await ann.fetch('/api/auth/get-session')).headers.has('set-auth-jwt')).toBe(false);
});

test.each(['x/api/auth/ok?', 'x/api/auth/ok#', 'a@todo.test', 'a b'])(
  'a forwarded host that is none, %j, cannot choose another route',
  async (host) => {
    const response = await backend.app.request('/api/auth/get-session', {
      headers: { 'x-forwarded-host': host },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_host' });
  },
);
