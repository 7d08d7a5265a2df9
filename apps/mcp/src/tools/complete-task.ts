import { task } from '@todo/contracts';
import { z } from 'zod';
import { taskId } from '../task-id.ts';
import { taskText } from '../task-text.ts';
import { defineTool, found } from '../tool.ts';

export const completeTask = defineTool({
  name: 'complete_task',
  title: 'Complete a task',
  description: 'Marks one task as completed. A task that is completed already stays so.',
  input: z.strictObject({ id: taskId }),
  output: z.object({ task }),
  hints: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
  async run(tasks, { id }) {
    const completed = found(await tasks.change(id, { completed: true }), id);
    return { text: `Completed ${taskText(completed)}.`, data: { task: completed } };
  },
});
