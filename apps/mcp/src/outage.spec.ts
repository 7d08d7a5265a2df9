import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, startMcpServer } from './testing/mcp-server.ts';

let server: Awaited<ReturnType<typeof startMcpServer>>;
beforeAll(async () => {
  server = await startMcpServer();
});
afterAll(() => server.stop());

it('tells a model to try again while the database is away, and nothing of the database', async () => {
  const ann = await server.connectAs('ann');
  await call(ann, 'add_task', { title: 'milk' });
  await server.stopDatabase();
  const id = crypto.randomUUID();
  for (const [name, args] of [
    ['list_tasks', {}],
    ['add_task', { title: 'bread' }],
    ['complete_task', { id }],
    ['update_task', { id, title: 'x' }],
    ['delete_task', { id }],
  ] as const)
    expect(await call(ann, name, args)).toEqual({
      failed: true,
      text: 'The tasks cannot be reached right now. Try again in a moment.',
      data: undefined,
    });
});
