import type { ToolStatus } from './chat-reducer.ts';

/** What a tool run is called on screen: while it runs, when it is done, when it failed. */
const LABELS: Record<string, Record<ToolStatus, string>> = {
  add_task: { called: 'Adding a task…', done: 'Added a task', failed: 'Could not add a task' },
  list_tasks: {
    called: 'Reading your list…',
    done: 'Read your list',
    failed: 'Could not read your list',
  },
  complete_task: {
    called: 'Completing a task…',
    done: 'Completed a task',
    failed: 'Could not complete a task',
  },
  update_task: {
    called: 'Changing a task…',
    done: 'Changed a task',
    failed: 'Could not change a task',
  },
  delete_task: {
    called: 'Deleting a task…',
    done: 'Deleted a task',
    failed: 'Could not delete a task',
  },
};

export function toolLabel(name: string, status: ToolStatus): string {
  const tool = name.replaceAll('_', ' ');
  return (
    LABELS[name]?.[status] ??
    { called: `Using ${tool}…`, done: `Used ${tool}`, failed: `Could not use ${tool}` }[status]
  );
}

/** Whether the task list may differ after this tool has run. Unknown tools may change anything. */
export function changesTasks(name: string): boolean {
  return name !== 'list_tasks';
}
