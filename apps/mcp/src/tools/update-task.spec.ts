import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, startMcpServer } from '../testing/mcp-server.ts';

let server: Awaited<ReturnType<typeof startMcpServer>>;
beforeAll(async () => {
  server = await startMcpServer();
});
afterAll(() => server.stop());

const idOf = (data: unknown) => (data as { task: { id: string } }).task.id;

it('renames a task, and opens it again', async () => {
  const ann = await server.connectAs('ann');
  const id = idOf((await call(ann, 'add_task', { title: 'buy milk' })).data);
  await call(ann, 'complete_task', { id });
  const renamed = await call(ann, 'update_task', { id, title: 'buy oat milk' });
  expect(renamed.data).toMatchObject({ task: { title: 'buy oat milk', completed: true } });
  const opened = await call(ann, 'update_task', { id, completed: false });
  expect(opened.text).toBe(`The task is now "buy oat milk" (open, id ${id}).`);
});

it('asks for something to change', async () => {
  const ann = await server.connectAs('ann');
  const id = idOf((await call(ann, 'add_task', { title: 'buy milk' })).data);
  const { failed, text } = await call(ann, 'update_task', { id });
  expect(failed).toBe(true);
  expect(text).toContain('Give a title, completed, or both.');
});
