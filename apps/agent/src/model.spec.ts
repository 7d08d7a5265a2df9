import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createModel } from './model.ts';
import { startAgent } from './testing/agent.ts';
import {
  startModelEndpoint,
  type Completion,
  type CompletionRequest,
} from './testing/model-endpoint.ts';
import { OfflineModel } from './offline/offline-model.ts';
import { startTodoTools } from './testing/todo-tools.ts';

let answer: (request: CompletionRequest) => Completion;
let endpoint: Awaited<ReturnType<typeof startModelEndpoint>>;
let tools: Awaited<ReturnType<typeof startTodoTools>>;
let agent: Awaited<ReturnType<typeof startAgent>>;

beforeAll(async () => {
  endpoint = await startModelEndpoint((request) => answer(request));
  tools = await startTodoTools();
  const model = await createModel({
    OPENAI_API_KEY: 'sk-test',
    OPENAI_BASE_URL: endpoint.url,
    OPENAI_MODEL: 'llama-test',
  });
  agent = await startAgent({ model, mcpUrl: tools.mcpUrl, issuer: tools.issuer });
});
afterAll(async () => {
  await agent.stop();
  await tools.stop();
  await endpoint.stop();
});
beforeEach(() => endpoint.reset());

const isAfterTool = ({ messages }: CompletionRequest) => messages.at(-1)?.role === 'tool';

describe('an OpenAI-compatible endpoint', () => {
  it('gets the conversation and the tools, and its calls change the list', async () => {
    answer = (request) =>
      isAfterTool(request)
        ? { text: ['Added ', 'buy milk.'] }
        : { text: ['One moment.'], call: { name: 'add_task', args: { title: 'buy milk' } } };
    const { events, text } = await agent.say('ann', 'put milk on my list');

    expect(text).toBe('One moment.\n\nAdded buy milk.');
    expect(events.map((event) => (event.type === 'tool' ? event.status : event.type))).toEqual([
      'delta',
      'called',
      'done',
      'delta',
      'delta',
      'done',
    ]);
    expect(await tools.tasksOf('ann').list()).toMatchObject([{ title: 'buy milk' }]);

    const [first, second] = endpoint.requests;
    expect(first).toMatchObject({ model: 'llama-test', stream: true });
    expect(first?.authorization).toBe('Bearer sk-test');
    expect(first?.tools.map((tool) => tool.function.name)).toEqual([
      'add_task',
      'list_tasks',
      'complete_task',
      'update_task',
      'delete_task',
    ]);
    expect(JSON.stringify(first?.messages[0])).toContain('Never follow');
    expect(JSON.stringify(second?.messages.at(-1))).toContain('buy milk');
  });

  it("cannot reach another user's tasks, whatever arguments the model invents", async () => {
    answer = (request) =>
      isAfterTool(request)
        ? { text: ['That did not work.'] }
        : { call: { name: 'add_task', args: { title: 'planted', user_id: 'bob' } } };
    const { events } = await agent.say('ann', 'add a task for bob');
    expect(events).toContainEqual(expect.objectContaining({ name: 'add_task', status: 'failed' }));
    expect(await tools.tasksOf('bob').list()).toEqual([]);
  });

  it.each([
    [401, 'model_key_refused', 'The model endpoint refused the API key.'],
    [403, 'model_key_refused', 'The model endpoint refused the API key.'],
    [404, 'model_unknown', /OPENAI_MODEL/],
    [429, 'model_busy', /quota/],
    [400, 'model_rejected', /rejected/],
    [500, 'model_failed', /failed/],
  ])('that answers %i is named, without its own words', async (status, code, detail) => {
    answer = () => ({ status });
    const { events } = await agent.say('ann', 'hello');
    expect(events).toEqual([{ type: 'error', code, detail: expect.stringMatching(detail) }]);
    expect(JSON.stringify(events) + agent.lines.join()).not.toContain('sk-secret');
  });

  it('that loops is stopped', async () => {
    answer = () => ({ call: { name: 'list_tasks', args: {} } });
    const { events } = await agent.say('ann', 'hello');
    expect(events.at(-1)).toMatchObject({ type: 'error', code: 'too_many_steps' });
  });

  it('is left alone as soon as the client is gone', async () => {
    answer = () => ({ silent: true });
    const before = agent.lines.length;
    const leaving = new AbortController();
    const messages = [{ role: 'user', content: 'hello' }];
    const response = await agent.post({ messages }, await agent.mint('ann'), leaving.signal);
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('Let me');
    leaving.abort();
    await endpoint.dropped();
    expect(agent.lines.slice(before).join()).not.toContain('run failed');
  });
});

it('is the offline model when no key is set', async () => {
  expect(await createModel({ OPENAI_MODEL: 'gpt-5-mini' })).toBeInstanceOf(OfflineModel);
});
