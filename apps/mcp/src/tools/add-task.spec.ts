import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, startMcpServer } from '../testing/mcp-server.ts';

let server: Awaited<ReturnType<typeof startMcpServer>>;
beforeAll(async () => {
  server = await startMcpServer();
});
afterAll(() => server.stop());

it('adds an open task, for its user alone', async () => {
  const ann = await server.connectAs('ann');
  const bob = await server.connectAs('bob');
  const { text, data } = await call(ann, 'add_task', { title: '  buy milk ' });
  expect(data).toMatchObject({ task: { title: 'buy milk', completed: false } });
  expect(text).toMatch(/^Added "buy milk" \(open, id [0-9a-f-]{36}\)\.$/);
  expect((await call(bob, 'list_tasks')).data).toEqual({ tasks: [] });
});

it('says what is wrong with a title', async () => {
  const ann = await server.connectAs('ann');
  const empty = await call(ann, 'add_task', { title: ' ' });
  expect(empty.failed).toBe(true);
  expect(empty.text).toContain('A title needs at least one character.');
  const long = await call(ann, 'add_task', { title: 'x'.repeat(201) });
  expect(long.text).toContain('A title has at most 200 characters.');
});
