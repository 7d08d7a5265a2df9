import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, startMcpServer } from '../testing/mcp-server.ts';

let server: Awaited<ReturnType<typeof startMcpServer>>;
beforeAll(async () => {
  server = await startMcpServer();
});
afterAll(() => server.stop());

it('deletes a task for good', async () => {
  const ann = await server.connectAs('ann');
  const { data } = await call(ann, 'add_task', { title: 'buy milk' });
  const { id } = (data as { task: { id: string } }).task;
  expect((await call(ann, 'delete_task', { id })).text).toBe(
    `Deleted "buy milk" (open, id ${id}).`,
  );
  expect((await call(ann, 'list_tasks')).data).toEqual({ tasks: [] });
  expect((await call(ann, 'delete_task', { id })).failed).toBe(true);
});
