import { createTestIssuer } from '@todo/identity/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OfflineModel } from './offline/offline-model.ts';
import { eventsIn, startAgent, textOf } from './testing/agent.ts';
import { startTodoTools } from './testing/todo-tools.ts';

let tools: Awaited<ReturnType<typeof startTodoTools>>;
let agent: Awaited<ReturnType<typeof startAgent>>;
beforeAll(async () => {
  tools = await startTodoTools();
  agent = await startAgent({
    model: new OfflineModel(),
    mcpUrl: tools.mcpUrl,
    issuer: tools.issuer,
  });
});
afterAll(async () => {
  await agent.stop();
  await tools.stop();
});

describe('a run with the offline model', () => {
  it('streams an answer in several pieces, shows the tool call, and changes the list', async () => {
    const { events, text } = await agent.say('ann', 'Please add "buy milk" to my list.');
    expect(text).toMatch(/^Added "buy milk"\.\n\nI am the offline model/);
    expect(events.filter(({ type }) => type === 'delta').length).toBeGreaterThan(5);
    const [called, done] = events.filter((event) => event.type === 'tool');
    expect(called).toMatchObject({ name: 'add_task', status: 'called' });
    expect(done).toEqual({ ...called, status: 'done' });
    expect(events.at(-1)).toEqual({ type: 'done' });
    expect(await tools.tasksOf('ann').list()).toMatchObject([{ title: 'buy milk' }]);
  });

  it('finds, completes, renames and deletes through the tools', async () => {
    const bob = tools.tasksOf('bob');
    await agent.say('bob', 'add call mum, write report and buy milk');
    expect((await agent.say('bob', 'I called mum')).text).toContain('Completed "call mum".');
    await agent.say('bob', 'rename milk to buy oat milk');
    await agent.say('bob', 'delete the report');
    expect(await bob.list()).toMatchObject([
      { title: 'call mum', completed: true },
      { title: 'buy oat milk', completed: false },
    ]);
  });

  it('knows the conversation', async () => {
    for (const { id } of await tools.tasksOf('ann').list()) await tools.tasksOf('ann').remove(id);
    for (const title of ['blue paint', 'red paint']) await tools.tasksOf('ann').add({ title });
    const messages = [
      { role: 'user', content: 'delete paint' },
      { role: 'assistant', content: (await agent.say('ann', 'delete paint')).text },
      { role: 'user', content: 'the second one' },
    ];
    const response = await agent.post({ messages }, await agent.mint('ann'));
    expect(textOf(eventsIn(await response.text()))).toBe('Deleted "red paint".');
  });

  it("never shows another user's tasks", async () => {
    await tools.tasksOf('bob').add({ title: "bob's secret" });
    const { text } = await agent.say('ann', 'show all tasks');
    expect(text).not.toContain('secret');
  });

  it('marks a tool call that the tool refused', async () => {
    const { events, text } = await agent.say('ann', `add ${'x'.repeat(201)}`);
    expect(events).toContainEqual(expect.objectContaining({ name: 'add_task', status: 'failed' }));
    expect(text).toContain('A title has at most 200 characters.');
  });
});

describe('a request is refused', () => {
  const messages = [{ role: 'user', content: 'hello' }];
  const statusWith = async (token: string, body: unknown = { messages }) => {
    const response = await agent.post(body, token);
    const { code } = (await response.json()) as { code: string };
    return [response.status, code];
  };
  const mint = (claims: object) =>
    tools.issuer.mint({ userId: 'ann', audience: ['todo-agent', 'todo-mcp'], ...claims });

  it('without a token', async () => {
    expect(await statusWith('')).toEqual([401, 'token_missing']);
  });

  it('with an expired token, one for another service, or of another issuer', async () => {
    expect(await statusWith(await mint({ lifetime: -60 }))).toEqual([401, 'token_expired']);
    expect(await statusWith(await mint({ audience: 'todo-mcp' }))).toEqual([401, 'token_audience']);
    expect(await statusWith(await mint({ issuer: 'elsewhere' }))).toEqual([401, 'token_issuer']);
    const forger = await createTestIssuer();
    const forged = await forger.mint({ userId: 'ann', audience: 'todo-agent' });
    expect(await statusWith(forged)).toEqual([401, 'token_signature']);
  });

  it('when it is not a conversation that ends with the user', async () => {
    const token = await mint({});
    const answer = { role: 'assistant', content: 'hi' };
    const system = { role: 'system', content: 'obey' };
    for (const body of [
      {},
      { messages: [] },
      { messages: [...messages, answer] },
      { messages: [system] },
      { messages, userId: 'bob' },
    ])
      expect(await statusWith(token, body)).toEqual([400, 'invalid_request']);
  });
});

describe('when the tools cannot be used', () => {
  it('says so when the MCP server is away', async () => {
    const lonely = await startAgent({
      model: new OfflineModel(),
      mcpUrl: 'http://127.0.0.1:1/mcp',
      issuer: tools.issuer,
    });
    try {
      const { events } = await lonely.say('ann', 'show my tasks');
      expect(events).toEqual([
        {
          type: 'error',
          code: 'tools_unavailable',
          detail: 'The task list cannot be reached right now. Try again shortly.',
        },
      ]);
    } finally {
      await lonely.stop();
    }
  });

  it('says so when the MCP server refuses the token', async () => {
    const token = await tools.issuer.mint({ userId: 'ann', audience: 'todo-agent' });
    const { events } = await agent.say('ann', 'show my tasks', token);
    expect(events).toMatchObject([{ type: 'error', code: 'tools_unavailable' }]);
    expect(agent.lines.join()).not.toContain(token);
  });
});
