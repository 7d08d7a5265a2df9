import { z } from 'zod';

/** Not checked further: the answer to any id that does not exist tells a model what to do. */
export const taskId = z
  .string()
  .min(1)
  .max(100)
  .describe('Id of the task, as list_tasks gives it.');
