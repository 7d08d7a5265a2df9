import { z } from 'zod';
import { storableText } from './text.ts';

/** A title as a person types it: surrounding blanks are dropped, 1–200 characters remain. */
export const taskTitle = storableText
  .trim()
  .min(1, 'A title needs at least one character.')
  .max(200, 'A title has at most 200 characters.');

export const task = z.object({
  id: z.uuid(),
  title: z.string(),
  completed: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Task = z.infer<typeof task>;

export const taskList = z.object({ tasks: z.array(task) });

/** Body of `POST /api/tasks`. */
export const newTask = z.strictObject({ title: taskTitle });
export type NewTask = z.infer<typeof newTask>;

/** Body of `PATCH /api/tasks/{id}`: at least one of the two. */
export const taskChange = z
  .strictObject({ title: taskTitle.optional(), completed: z.boolean().optional() })
  .refine((change) => change.title !== undefined || change.completed !== undefined, {
    message: 'Give a title, completed, or both.',
  });
export type TaskChange = z.infer<typeof taskChange>;
