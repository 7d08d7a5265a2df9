import { AGENT_AUDIENCE, chatEvent, conversationList, MCP_AUDIENCE } from '@todo/contracts';
import { createTokenVerifier } from '@todo/identity';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startStandInAgent, type AgentCall, type StandInAgent } from '../testing/agent.ts';
import { chatEvents, ISSUER, startBackend, type TestBackend } from '../testing/backend.ts';
import { readConversation, say, talk } from '../testing/chat.ts';
import { createAgentClient } from './agent-client.ts';

let agent: StandInAgent;
let backend: TestBackend;
let answer: (call: AgentCall) => void | Promise<void>;
let calls: AgentCall[];

beforeAll(async () => {
  agent = await startStandInAgent((call) => {
    calls.push(call);
    return answer(call);
  });
  backend = await startBackend({ runAgent: createAgentClient(agent.url) });
});
afterAll(async () => {
  await agent.stop();
  await backend.stop();
});
beforeEach(() => {
  calls = [];
  answer = (call) => {
    call.send({ type: 'delta', text: 'Hel' });
    call.send({ type: 'delta', text: 'lo.' });
    call.send({ type: 'done' });
    call.end();
  };
});

test('an answer is streamed as it comes, and both sides are kept', async () => {
  const ann = await backend.signUp('ann');
  answer = (call) => {
    call.send({ type: 'tool', callId: '1', name: 'add_task', status: 'called' });
    call.send({ type: 'tool', callId: '1', name: 'add_task', status: 'done' });
    call.send({ type: 'delta', text: 'Added ' });
    call.send({ type: 'delta', text: 'milk.' });
    call.send({ type: 'done' });
    call.end();
  };
  const response = await say(ann, 'Add milk');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const events = (await chatEvents(response)).map((event) => chatEvent.parse(event));
  expect(events.map(({ type }) => type)).toEqual([
    'conversation',
    'tool',
    'tool',
    'delta',
    'delta',
    'done',
  ]);
  const { conversations } = conversationList.parse(
    await (await ann.fetch('/api/conversations')).json(),
  );
  expect(conversations).toMatchObject([{ title: 'Add milk' }]);
  const { messages } = await readConversation(ann, conversations[0]?.id ?? '');
  expect(messages.map(({ role, content }) => [role, content])).toEqual([
    ['user', 'Add milk'],
    ['assistant', 'Added milk.'],
  ]);
  expect(events.at(-1)).toEqual({ type: 'done', messageId: messages[1]?.id });
});

test('each event reaches the reader before the next one is made', async () => {
  const ann = await backend.signUp('ann');
  let next: (() => void) | undefined;
  answer = async (call) => {
    for (const text of ['one', 'two']) {
      call.send({ type: 'delta', text });
      await new Promise<void>((resolve) => (next = resolve));
    }
    call.send({ type: 'done' });
    call.end();
  };
  const reader = (await say(ann, 'Count')).body?.pipeThrough(new TextDecoderStream()).getReader();
  let received = '';
  const until = async (text: string) => {
    while (!received.includes(text)) {
      const chunk = await reader?.read();
      if (!chunk || chunk.done) throw new Error(`The stream ended before ${text}.`);
      received += chunk.value;
    }
  };
  await until('one');
  expect(received).not.toContain('two');
  next?.();
  await until('two');
  next?.();
  await until('done');
});

test('a conversation goes on with its whole history', async () => {
  const ann = await backend.signUp('ann');
  const { id } = await talk(ann, 'Hi');
  expect((await talk(ann, 'And now?', id)).id).toBe(id);
  expect(calls.at(-1)?.body.messages).toEqual([
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello.' },
    { role: 'user', content: 'And now?' },
  ]);
});

test('the agent gets a short-lived token for this user, itself and the MCP server', async () => {
  const ann = await backend.signUp('ann');
  await talk(ann, 'Hi');
  const jwks = (await (await backend.app.request('/api/auth/jwks')).json()) as never;
  const token = calls[0]?.token ?? '';
  for (const audience of [AGENT_AUDIENCE, MCP_AUDIENCE]) {
    const { userId, expiresAt } = await createTokenVerifier({ jwks, issuer: ISSUER, audience })(
      token,
    );
    expect(userId).toBe(ann.userId);
    expect(expiresAt - Date.now() / 1000).toBeLessThanOrEqual(120);
  }
});

test('the answer is kept although the browser left', async () => {
  const ann = await backend.signUp('ann');
  let call: AgentCall | undefined;
  answer = (given) => {
    call = given;
    given.send({ type: 'delta', text: 'First half' });
  };
  const reader = (await say(ann, 'Tell me')).body?.getReader();
  await reader?.read();
  await expect.poll(() => call).toBeDefined();
  await reader?.cancel();
  call?.send({ type: 'delta', text: ', second half.' });
  call?.send({ type: 'done' });
  call?.end();
  await backend.answers.settled();
  const [conversation] = conversationList.parse(
    await (await ann.fetch('/api/conversations')).json(),
  ).conversations;
  expect((await readConversation(ann, conversation?.id ?? '')).messages.at(-1)).toMatchObject({
    role: 'assistant',
    content: 'First half, second half.',
  });
});

test("another user's conversation can be neither read, continued nor deleted", async () => {
  const ann = await backend.signUp('ann');
  const bob = await backend.signUp('bob');
  const { id } = await talk(ann, 'Secret plans');
  calls = [];
  expect((await bob.fetch(`/api/conversations/${id}`)).status).toBe(404);
  expect((await say(bob, 'What did I say?', id)).status).toBe(404);
  expect((await bob.fetch(`/api/conversations/${id}`, { method: 'DELETE' })).status).toBe(404);
  expect(calls).toEqual([]);
  expect(await (await bob.fetch('/api/conversations')).json()).toEqual({ conversations: [] });
  expect((await readConversation(ann, id)).messages).toHaveLength(2);
});

test('a deleted conversation is gone', async () => {
  const ann = await backend.signUp('ann');
  const { id } = await talk(ann, 'Hi');
  expect((await ann.fetch(`/api/conversations/${id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await ann.fetch(`/api/conversations/${id}`)).status).toBe(404);
  expect((await say(ann, 'Still there?', id)).status).toBe(404);
});

test('a conversation that is deleted while it is answered ends with an error', async () => {
  const ann = await backend.signUp('ann');
  const { id } = await talk(ann, 'Hi');
  answer = async (call) => {
    await ann.fetch(`/api/conversations/${id}`, { method: 'DELETE' });
    call.send({ type: 'delta', text: 'Too late' });
    call.send({ type: 'done' });
    call.end();
  };
  const { events } = await talk(ann, 'Quick', id);
  expect(events.at(-1)).toMatchObject({ type: 'error', code: 'conversation_not_found' });
});

test.each([
  ['nothing', {}],
  ['a blank message', { message: '  ' }],
  ['a message that is too long', { message: 'x'.repeat(4001) }],
  ['an id that is none', { message: 'x', conversationId: 'nonsense' }],
  ['somebody else to be', { message: 'x', userId: 'bob' }],
])('a chat with %s is refused and the agent is not asked', async (_, body) => {
  const ann = await backend.signUp('ann');
  expect((await ann.send('POST', '/api/chat', body)).status).toBe(400);
  expect(calls).toEqual([]);
});
