import { task, taskTitle } from '@todo/contracts';
import { z } from 'zod';
import { taskId } from '../task-id.ts';
import { taskText } from '../task-text.ts';
import { defineTool, found } from '../tool.ts';

const input = z
  .strictObject({
    id: taskId,
    title: taskTitle.optional().describe('The new title.'),
    completed: z.boolean().optional().describe('true completes the task, false opens it again.'),
  })
  .refine(({ title, completed }) => title !== undefined || completed !== undefined, {
    message: 'Give a title, completed, or both.',
  });

export const updateTask = defineTool({
  name: 'update_task',
  title: 'Change a task',
  description: 'Gives a task a new title, completes it, or opens it again.',
  input,
  output: z.object({ task }),
  hints: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
  async run(tasks, { id, ...change }) {
    const changed = found(await tasks.change(id, change), id);
    return { text: `The task is now ${taskText(changed)}.`, data: { task: changed } };
  },
});
