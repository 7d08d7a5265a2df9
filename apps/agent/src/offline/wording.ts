import type { Task } from '@todo/contracts';
import type { TaskStatus } from './intent.ts';

/** Questions end in these words; the next message is then read as their answer. */
export const WHICH_ONE = 'Which one do you mean?';
export const WHAT_TITLE = 'What should the task be called?';
export const SHALL_I_DELETE = 'Shall I delete';
export const SHALL_I_ADD = 'Shall I add the task';

export const EXAMPLES = [
  'add buy milk',
  'remind me to call mum',
  'what do I have to do?',
  'I bought the milk',
  'complete 2',
  'rename buy milk to buy oat milk',
  'delete the first one',
];

export const HELP = `I understand sentences such as:\n${EXAMPLES.map((one) => `- ${one}`).join('\n')}`;

export const INTRODUCTION = `I am the offline model: no OPENAI_API_KEY is set, so I follow fixed rules instead of a language model. ${HELP}`;

/** A title on one line, in quotes. */
export function quote(title: string): string {
  return `"${oneLine(title)}"`;
}

/** "1 task", "2 open tasks" */
export function count(tasks: number, kind = ''): string {
  return `${tasks} ${kind ? `${kind} ` : ''}task${tasks === 1 ? '' : 's'}`;
}

/** A numbered list; the numbers can be used in the next messages. */
export function numbered(tasks: Task[], markDone = true): string {
  return tasks
    .map(
      ({ title, completed }, index) =>
        `${index + 1}. ${oneLine(title)}${completed && markDone ? ' (done)' : ''}`,
    )
    .join('\n');
}

/** The titles of a numbered list in an earlier answer, by position. */
export function titlesOfList(answer: string): string[] {
  return answer.split('\n').flatMap((line) => {
    const title = /^\d+\. (.+?)(?: \(done\))?$/.exec(line)?.[1];
    return title ? [title] : [];
  });
}

export function listText(tasks: Task[], status: TaskStatus): string {
  if (tasks.length === 0)
    return {
      all: 'Your list is empty. Say "add buy milk" to begin.',
      open: 'You have no open tasks.',
      completed: 'You have not completed any task yet.',
    }[status];
  const done = tasks.filter(({ completed }) => completed).length;
  const head = {
    all: `You have ${count(tasks.length)}${done ? `, ${done === tasks.length ? 'all' : done} done` : ''}:`,
    open: `You have ${count(tasks.length, 'open')}:`,
    completed: `You have completed ${count(tasks.length)}:`,
  }[status];
  return `${head}\n${numbered(tasks, status === 'all')}`;
}

/** What was done to some tasks: 'Deleted "a".' or a list with a bullet each. */
export function report(verb: string, titles: string[]): string {
  const [only] = titles;
  if (titles.length === 1 && only !== undefined) return `${verb} ${quote(only)}.`;
  return `${verb} ${count(titles.length)}:\n${titles.map((title) => `- ${oneLine(title)}`).join('\n')}`;
}

function oneLine(title: string): string {
  return title.replace(/\s+/g, ' ').trim();
}
