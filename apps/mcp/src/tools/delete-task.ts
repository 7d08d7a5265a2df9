import { task } from '@todo/contracts';
import { z } from 'zod';
import { taskId } from '../task-id.ts';
import { taskText } from '../task-text.ts';
import { defineTool, found } from '../tool.ts';

export const deleteTask = defineTool({
  name: 'delete_task',
  title: 'Delete a task',
  description: 'Deletes one task for good. To tick it off, complete it instead.',
  input: z.strictObject({ id: taskId }),
  output: z.object({ task }).describe('The task as it was.'),
  hints: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
  async run(tasks, { id }) {
    const deleted = found(await tasks.remove(id), id);
    return { text: `Deleted ${taskText(deleted)}.`, data: { task: deleted } };
  },
});
