import { createTestIssuer } from '@todo/identity/testing';
import { tasksOf } from '@todo/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, startMcpServer } from './testing/mcp-server.ts';

let server: Awaited<ReturnType<typeof startMcpServer>>;
beforeAll(async () => {
  server = await startMcpServer();
});
afterAll(() => server.stop());

const listTools = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
const post = (headers: Record<string, string>) =>
  fetch(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: listTools,
  });
const mint = (claims: { audience?: string; issuer?: string; lifetime?: number } = {}) =>
  server.issuer.mint({ userId: 'ann', audience: 'todo-mcp', ...claims });

describe('a client', () => {
  it('finds five tools, each with hints and a closed schema', async () => {
    const { tools } = await (await server.connectAs('ann')).listTools();
    expect(tools.map(({ name, annotations }) => [name, annotations])).toEqual([
      ['add_task', expect.objectContaining({ readOnlyHint: false, destructiveHint: false })],
      ['list_tasks', expect.objectContaining({ readOnlyHint: true })],
      ['complete_task', expect.objectContaining({ idempotentHint: true })],
      ['update_task', expect.objectContaining({ destructiveHint: true })],
      ['delete_task', expect.objectContaining({ destructiveHint: true })],
    ]);
    for (const { inputSchema } of tools) {
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(JSON.stringify(inputSchema)).not.toMatch(/user/i);
    }
  });

  it('is told nothing about the database when it fails', async () => {
    const ann = await server.connectAs('ann');
    await server.database.db.execute('alter table tasks rename to hidden_tasks');
    try {
      expect(await call(ann, 'list_tasks')).toMatchObject({
        failed: true,
        text: 'The tasks cannot be reached right now. Try again in a moment.',
      });
    } finally {
      await server.database.db.execute('alter table hidden_tasks rename to tasks');
    }
  });
});

describe('a request is refused', () => {
  const refusal = async (token?: string) => {
    const response = await post(token ? { authorization: `Bearer ${token}` } : {});
    const { code } = (await response.json()) as { code: string };
    return { status: response.status, code, challenge: response.headers.get('www-authenticate') };
  };

  it('without a token', async () => {
    expect(await refusal()).toEqual({ status: 401, code: 'token_missing', challenge: 'Bearer' });
  });

  it('with an expired token', async () => {
    expect(await refusal(await mint({ lifetime: -60 }))).toMatchObject({
      status: 401,
      code: 'token_expired',
    });
  });

  it('with a token for another service', async () => {
    expect(await refusal(await mint({ audience: 'todo-agent' }))).toMatchObject({
      status: 401,
      code: 'token_audience',
    });
  });

  it('with a token of another issuer, whether named or by its key', async () => {
    expect(await refusal(await mint({ issuer: 'elsewhere' }))).toMatchObject({
      code: 'token_issuer',
    });
    const forger = await createTestIssuer();
    const forged = await forger.mint({ userId: 'ann', audience: 'todo-mcp' });
    expect(await refusal(forged)).toMatchObject({ status: 401, code: 'token_signature' });
  });

  it('from a web page, even with a good token', async () => {
    const authorization = `Bearer ${await mint()}`;
    expect((await post({ authorization, origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ authorization, origin: 'null' })).status).toBe(403);
    expect((await post({ authorization })).status).toBe(200);
  });

  it('on GET and DELETE, which would need a session', async () => {
    for (const method of ['GET', 'DELETE']) {
      const headers = { authorization: `Bearer ${await mint()}`, accept: 'text/event-stream' };
      expect((await fetch(server.url, { method, headers })).status).toBe(405);
    }
  });
});

describe("another user's tasks", () => {
  it('cannot be seen, completed, renamed or deleted by id', async () => {
    const secret = await tasksOf(server.database.db, 'bob').add({ title: "bob's secret" });
    const ann = await server.connectAs('ann');
    expect((await call(ann, 'list_tasks')).text).not.toContain('secret');
    for (const [name, more] of [
      ['complete_task', {}],
      ['update_task', { title: 'mine' }],
      ['delete_task', {}],
    ] as const)
      expect(await call(ann, name, { id: secret.id, ...more })).toMatchObject({
        failed: true,
        text: `There is no task with id ${secret.id}. Call list_tasks to see the ids that exist.`,
      });
    expect(await tasksOf(server.database.db, 'bob').list()).toEqual([secret]);
  });

  it('cannot be reached by an argument that names the user', async () => {
    const ann = await server.connectAs('ann');
    for (const name of ['user_id', 'userId'])
      for (const [tool, args] of [
        ['list_tasks', {}],
        ['add_task', { title: 'planted' }],
      ] as const) {
        const { failed, text } = await call(ann, tool, { ...args, [name]: 'bob' });
        expect(failed).toBe(true);
        expect(text).toContain(name);
      }
    const titles = (await tasksOf(server.database.db, 'bob').list()).map(({ title }) => title);
    expect(titles).not.toContain('planted');
  });
});
