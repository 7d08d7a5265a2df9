import type { RunRequest, Task } from '@todo/contracts';
import { converse } from '../offline/converse.ts';
import { nextStep, type ToolCall, type ToolResult } from '../offline/script.ts';
import { taskCalled } from './task.ts';

/** A person who talks with the offline rules, and a list that its tool calls change. */
export function startDialogue(titles: string[] = []) {
  const tasks: Task[] = titles.map((title) => taskCalled(title));
  const messages: RunRequest['messages'] = [];
  const calls: string[] = [];

  return {
    calls,
    /** The list as "title" or "title ✓", oldest first. */
    list: () => tasks.map(({ title, completed }) => (completed ? `${title} ✓` : title)),
    /** Says something and returns the answer; the first one without its introduction. */
    say(content: string): string {
      messages.push({ role: 'user', content });
      const results: ToolResult[] = [];
      for (;;) {
        const step = nextStep(converse(messages), results);
        if (step.kind === 'answer') {
          messages.push({ role: 'assistant', content: step.text });
          return step.text.replace(/\n*I am the offline model[^]*/, '');
        }
        for (const call of step.calls) {
          calls.push(call.name);
          results.push(perform(tasks, call));
        }
      }
    },
  };
}

function perform(tasks: Task[], { name, args }: ToolCall): ToolResult {
  if (name === 'list_tasks') {
    const wanted = args.status;
    const listed = tasks.filter(
      ({ completed }) => wanted === 'all' || completed === (wanted === 'completed'),
    );
    return { ok: true, data: { tasks: structuredClone(listed) } };
  }
  if (name === 'add_task') {
    if (String(args.title).length > 200)
      return { ok: false, text: 'A title has at most 200 characters.' };
    const task = taskCalled(String(args.title));
    tasks.push(task);
    return { ok: true, data: { task } };
  }
  const index = tasks.findIndex(({ id }) => id === args.id);
  const task = tasks[index];
  if (!task) return { ok: false, text: `There is no task with id ${String(args.id)}.` };
  if (name === 'delete_task') tasks.splice(index, 1);
  if (name === 'complete_task') task.completed = true;
  if (typeof args.completed === 'boolean') task.completed = args.completed;
  if (typeof args.title === 'string') task.title = args.title;
  return { ok: true, data: { task: structuredClone(task) } };
}
