import type { ChatEvent } from '@todo/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStandInAgent, type AgentCall, type StandInAgent } from '../testing/agent.ts';
import { startBackend, type TestBackend } from '../testing/backend.ts';
import { readConversation, talk } from '../testing/chat.ts';
import { createAgentClient } from './agent-client.ts';

let agent: StandInAgent;
let backend: TestBackend;
let answer: (call: AgentCall) => void;

beforeAll(async () => {
  agent = await startStandInAgent((call) => answer(call));
  backend = await startBackend({ runAgent: createAgentClient(agent.url) });
});
afterAll(async () => {
  await agent.stop();
  await backend.stop();
});

test.each<[string, (call: AgentCall) => void, Partial<ChatEvent>, string[]]>([
  ['refuses', (call) => call.refuse(500), { type: 'error', code: 'agent_unavailable' }, ['user']],
  [
    'breaks off',
    (call) => {
      call.send({ type: 'delta', text: 'Half an' });
      setImmediate(() => call.breakOff());
    },
    { type: 'error', code: 'agent_unavailable' },
    ['user', 'assistant'],
  ],
  [
    'ends without an end',
    (call) => call.end(),
    { type: 'error', code: 'agent_unavailable' },
    ['user'],
  ],
  [
    'talks nonsense',
    (call) => {
      call.send({ type: 'nonsense' } as never);
      call.end();
    },
    { type: 'error', code: 'agent_unavailable' },
    ['user'],
  ],
  [
    'reports an error',
    (call) => {
      call.send({ type: 'error', code: 'model_quota', detail: 'The model is busy.' });
      call.end();
    },
    { type: 'error', code: 'model_quota', detail: 'The model is busy.' },
    ['user'],
  ],
])(
  'when the agent %s, the reader is told and the message is kept',
  async (_, does, event, kept) => {
    const ann = await backend.signUp('ann');
    answer = does;
    const { events, id } = await talk(ann, 'Hello?');
    expect(events.at(-1)).toMatchObject(event);
    expect(JSON.stringify(events)).not.toMatch(/stack|secret|127\.0\.0\.1|fetch/);
    expect((await readConversation(ann, id)).messages.map(({ role }) => role)).toEqual(kept);
  },
);

test('an agent that cannot be reached is told as such', async () => {
  const gone = await startStandInAgent(() => undefined);
  await gone.stop();
  const other = await startBackend({ runAgent: createAgentClient(gone.url) });
  const ann = await other.signUp('ann');
  const { events } = await talk(ann, 'Hello?');
  expect(events.at(-1)).toMatchObject({ type: 'error', code: 'agent_unavailable' });
  await other.stop();
});

test('a run that takes too long is broken off', async () => {
  const run = createAgentClient(agent.url, 50);
  answer = (call) => call.send({ type: 'delta', text: 'hm' });
  const events = run({ messages: [{ role: 'user', content: 'x' }], token: 't', requestId: 'r' });
  const toItsEnd = async () => {
    for await (const event of events) expect(event).toEqual({ type: 'delta', text: 'hm' });
  };
  await expect(toItsEnd()).rejects.toThrow('The run of the agent failed.');
});
