import type { Task, TaskChange } from '@todo/contracts';

export type TaskFilter = 'all' | 'open' | 'completed';

export interface TasksState {
  status: 'loading' | 'ready' | 'failed';
  /**
   * What is open first, each part oldest first: so that "the second one" means the same task here
   * and to the assistant.
   */
  tasks: Task[];
  /** The task that was added last; the page scrolls to it. */
  added?: string | undefined;
  /** Tasks that the assistant has just added or changed; the page runs a highlighter over them. */
  marked: ReadonlySet<string>;
  /** Why the list could not be loaded. */
  problem?: string | undefined;
}

export type TasksAction =
  | { type: 'loading' }
  | { type: 'loaded'; tasks: Task[]; mark: boolean }
  | { type: 'failed'; problem: string }
  | { type: 'unmark' }
  | { type: 'saved'; task: Task }
  | { type: 'changed'; id: string; change: TaskChange }
  | { type: 'removed'; id: string };

export const noTasks: TasksState = { status: 'loading', tasks: [], marked: new Set() };

export function tasksReducer(state: TasksState, action: TasksAction): TasksState {
  switch (action.type) {
    case 'loading':
      return state.status === 'failed'
        ? { ...state, status: 'loading', problem: undefined }
        : state;
    case 'loaded':
      return {
        status: 'ready',
        tasks: inOrder(action.tasks),
        marked:
          action.mark && state.status === 'ready'
            ? state.marked.union(touched(state.tasks, action.tasks))
            : state.marked,
      };
    case 'failed':
      // A list that is already on screen stays there.
      return state.status === 'ready'
        ? state
        : { ...state, status: 'failed', problem: action.problem };
    case 'unmark':
      return state.marked.size > 0 ? { ...state, marked: new Set() } : state;
    case 'saved':
      return {
        ...state,
        added: state.tasks.some(({ id }) => id === action.task.id) ? state.added : action.task.id,
        tasks: inOrder([...state.tasks.filter(({ id }) => id !== action.task.id), action.task]),
      };
    case 'changed':
      return {
        ...state,
        tasks: inOrder(
          state.tasks.map((task) => (task.id === action.id ? apply(task, action.change) : task)),
        ),
      };
    case 'removed':
      return { ...state, tasks: state.tasks.filter(({ id }) => id !== action.id) };
  }
}

export function visibleTasks(tasks: readonly Task[], filter: TaskFilter): readonly Task[] {
  return filter === 'all'
    ? tasks
    : tasks.filter((task) => task.completed === (filter === 'completed'));
}

function inOrder(tasks: readonly Task[]): Task[] {
  return tasks.toSorted(
    (a, b) => Number(a.completed) - Number(b.completed) || a.createdAt.localeCompare(b.createdAt),
  );
}

function touched(before: readonly Task[], now: readonly Task[]): Set<string> {
  const known = new Map(before.map((task) => [task.id, task]));
  return new Set(
    now
      .filter((task) => {
        const old = known.get(task.id);
        return old?.title !== task.title || old.completed !== task.completed;
      })
      .map(({ id }) => id),
  );
}

function apply(task: Task, { title, completed }: TaskChange): Task {
  return { ...task, title: title ?? task.title, completed: completed ?? task.completed };
}
