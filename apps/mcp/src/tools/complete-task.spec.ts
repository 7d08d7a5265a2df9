import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, startMcpServer } from '../testing/mcp-server.ts';

let server: Awaited<ReturnType<typeof startMcpServer>>;
beforeAll(async () => {
  server = await startMcpServer();
});
afterAll(() => server.stop());

const idOf = (data: unknown) => (data as { task: { id: string } }).task.id;

it('completes a task, and again without harm', async () => {
  const ann = await server.connectAs('ann');
  const id = idOf((await call(ann, 'add_task', { title: 'buy milk' })).data);
  for (let time = 0; time < 2; time++) {
    const { text, data } = await call(ann, 'complete_task', { id });
    expect(text).toBe(`Completed "buy milk" (completed, id ${id}).`);
    expect(data).toMatchObject({ task: { id, completed: true } });
  }
});

it('tells a model how to find the right id when there is no such task', async () => {
  const ann = await server.connectAs('ann');
  for (const id of ['7', crypto.randomUUID()])
    expect(await call(ann, 'complete_task', { id })).toMatchObject({
      failed: true,
      text: `There is no task with id ${id}. Call list_tasks to see the ids that exist.`,
    });
});
