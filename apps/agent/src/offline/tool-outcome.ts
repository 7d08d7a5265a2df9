import { task, taskList, type Task } from '@todo/contracts';
import { z } from 'zod';
import type { TaskStatus } from './intent.ts';
import type { Script, ToolResult } from './script.ts';

const taskData = z.object({ task });

/** The tools refused or cannot be reached; the message is for the person. */
export class ToolRefusal extends Error {
  override name = 'ToolRefusal';
}

/** @throws ToolRefusal when the list cannot be had */
export function* listTasks(status: TaskStatus): Script<Task[]> {
  const [result] = yield [{ name: 'list_tasks', args: { status } }];
  if (!result?.ok) throw new ToolRefusal(result?.text);
  return taskList.parse(result.data).tasks;
}

/** The tasks that the calls gave back, and what the tools said about those that failed. */
export function outcomes(results: ToolResult[]): { tasks: Task[]; faults: string[] } {
  return {
    tasks: results.flatMap((result) => (result.ok ? [taskData.parse(result.data).task] : [])),
    faults: [...new Set(results.flatMap((result) => (result.ok ? [] : [result.text])))],
  };
}
