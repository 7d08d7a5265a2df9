import type { TaskRecord } from '@todo/database';

/** One line about a task. The title is quoted as JSON, so that it cannot pose as anything else. */
export function taskText({ id, title, completed }: TaskRecord): string {
  return `${JSON.stringify(title)} (${completed ? 'completed' : 'open'}, id ${id})`;
}
