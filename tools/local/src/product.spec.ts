import { createDatabase, schema } from '@todo/database';
import { createTestIssuer } from '@todo/identity/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LocalRun } from './start-local.ts';
import { personAt, signIn, signUp, type Person } from './testing/person.ts';
import { createScratch, isAlive, isOpen, type Scratch } from './testing/scratch.ts';

let scratch: Scratch;
let run: LocalRun;
let ann: Person;
beforeAll(async () => {
  // The offline model answers, whatever keys this machine has.
  vi.stubEnv('OPENAI_API_KEY', '');
  scratch = await createScratch();
  run = await scratch.start();
  ann = await signUp(run.urls.frontend, 'ann');
}, 180_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await scratch.clear();
});

describe("a person at the frontend's address", () => {
  it('adds tasks by hand and in plain words, and sees both', async () => {
    await ann.addTask('call the bank');
    const events = await ann.say('Add buy milk');
    expect(events[0]?.type).toBe('conversation');
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'tool', name: 'add_task', status: 'done' }),
    );
    expect(events.at(-1)?.type).toBe('done');
    expect(await ann.titles()).toEqual(['buy milk', 'call the bank']);
  });

  it('signs in from another browser and finds the same list', async () => {
    const elsewhere = await signIn(run.urls.frontend, 'ann');
    expect(elsewhere.cookie).not.toBe(ann.cookie);
    expect(await elsewhere.titles()).toEqual(await ann.titles());
  });

  it('is told to sign in first', async () => {
    const response = await personAt(run.urls.frontend).send('GET', '/api/tasks');
    expect(response.status).toBe(401);
  });

  it("cannot tell another's task from one that never was", async () => {
    const eve = await signUp(run.urls.frontend, 'eve');
    const id = await ann.addTask('a secret');
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { completed: true }],
      ['DELETE', undefined],
    ] as const) {
      const answers = await Promise.all(
        [id, crypto.randomUUID()].map(async (one) => {
          const response = await eve.send(method, `/api/tasks/${one}`, body);
          return { status: response.status, body: await response.json() };
        }),
      );
      expect(answers[0]).toMatchObject({ status: 404 });
      expect(answers[0]).toEqual(answers[1]);
    }
    expect(await eve.titles()).toEqual([]);
    expect(await ann.titles()).toContain('a secret');
  });
});

describe('a foreign MCP client', () => {
  const call = (token: string, name = 'list_tasks') =>
    fetch(`${run.urls['mcp']}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name, arguments: {} },
      }),
    });

  it("gets its user's tasks with a token from the page, and no others", async () => {
    await ann.addTask('read by a client');
    const response = await call(await ann.token());
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('read by a client');
    const bob = await signUp(run.urls.frontend, 'bob');
    expect(await (await call(await bob.token())).text()).not.toContain('read by a client');
  });

  it('is refused without a token, with an expired one and with one for another service', async () => {
    const mint = await issuerThatTheBackendVouchesFor();
    const status = async (token: string) => (await call(token)).status;
    const userId = 'ann';
    const audience = 'todo-mcp';
    // The same key is accepted, so that what follows is refused for the one thing that differs.
    await expect.poll(async () => status(await mint({ userId, audience }))).toBe(200);
    expect(await status('')).toBe(401);
    expect(await status(await mint({ userId, audience, lifetime: -60 }))).toBe(401);
    expect(await status(await mint({ userId, audience: 'todo-agent' }))).toBe(401);
    expect(await status(await mint({ userId, audience, issuer: 'somebody' }))).toBe(401);
  });

  /** Publishes one more signing key among the backend's, an old one, and signs with it. */
  async function issuerThatTheBackendVouchesFor() {
    const { jwks, mint } = await createTestIssuer();
    const { kid = '', ...key } = jwks.keys[0] ?? {};
    const { db, close } = createDatabase(run.databaseUrl);
    await db.insert(schema.jwks).values({
      id: kid,
      publicKey: JSON.stringify(key),
      privateKey: 'known to this test only',
      createdAt: new Date(0),
      alg: 'EdDSA',
      crv: 'Ed25519',
    });
    await close();
    return mint;
  }
});

it('stops without a trace, and goes on with its data and sessions when started again', async () => {
  const before = await ann.titles();
  const { port } = new URL(run.databaseUrl);
  await run.stop();
  expect(Object.values(run.pids).filter(isAlive)).toEqual([]);
  for (const url of [...Object.values(run.urls), `http://localhost:${port}`]) {
    expect(await isOpen(url)).toBe(false);
  }
  run = await scratch.start();
  expect(await personAt(run.urls.frontend, ann.cookie).titles()).toEqual(before);
}, 120_000);
