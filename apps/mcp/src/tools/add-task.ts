import { newTask, task } from '@todo/contracts';
import { z } from 'zod';
import { taskText } from '../task-text.ts';
import { defineTool } from '../tool.ts';

export const addTask = defineTool({
  name: 'add_task',
  title: 'Add a task',
  description: "Adds one open task to the user's list. For several tasks, call it once for each.",
  input: newTask,
  output: z.object({ task }),
  hints: { readOnlyHint: false, destructiveHint: false, idempotentHint: false },
  async run(tasks, { title }) {
    const added = await tasks.add({ title });
    return { text: `Added ${taskText(added)}.`, data: { task: added } };
  },
});
