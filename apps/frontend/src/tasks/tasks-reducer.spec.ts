import type { Task } from '@todo/contracts';
import { describe, expect, it } from 'vitest';
import { noTasks, tasksReducer, visibleTasks, type TasksState } from './tasks-reducer.ts';

function task(id: string, title = id, completed = false): Task {
  const at = `2026-11-2${id.length}T08:00:00.000Z`;
  return { id, title, completed, createdAt: at, updatedAt: at };
}

function ready(...tasks: Task[]): TasksState {
  return tasksReducer(noTasks, { type: 'loaded', tasks, mark: false });
}

describe('the task list', () => {
  it('counts as the assistant does: open tasks first, the oldest on top', () => {
    const state = tasksReducer(ready(task('a', 'done', true), task('aaa')), {
      type: 'saved',
      task: task('aa'),
    });
    expect(state.tasks.map(({ id }) => id)).toEqual(['aa', 'aaa', 'a']);
    expect(state.added).toBe('aa');
    const completed = tasksReducer(state, {
      type: 'changed',
      id: 'aa',
      change: { completed: true },
    });
    expect(completed.tasks.map(({ id }) => id)).toEqual(['aaa', 'a', 'aa']);
  });

  it('marks what the assistant added or changed, and nothing else', () => {
    const before = ready(task('a', 'milk'), task('aa', 'bread'), task('aaa', 'tea'));
    const tasks = [
      task('a', 'oat milk'),
      task('aa', 'bread'),
      task('aaa', 'tea', true),
      task('aaaa', 'new'),
    ];
    const state = tasksReducer(before, { type: 'loaded', tasks, mark: true });
    expect([...state.marked].sort()).toEqual(['a', 'aaa', 'aaaa']);
  });

  it('keeps the marks of one answer together, until the next question', () => {
    const one = [task('a'), task('aa', 'new')];
    const first = tasksReducer(ready(task('a')), { type: 'loaded', tasks: one, mark: true });
    const second = tasksReducer(first, {
      type: 'loaded',
      tasks: [...one, task('aaa', 'newer')],
      mark: true,
    });
    expect([...second.marked].sort()).toEqual(['aa', 'aaa']);
    expect(tasksReducer(second, { type: 'unmark' }).marked.size).toBe(0);
  });

  it('marks nothing when the list loads for the first time', () => {
    const state = tasksReducer(noTasks, { type: 'loaded', tasks: [task('a')], mark: true });
    expect(state.marked.size).toBe(0);
  });

  it('changes a task at once, before the server has answered', () => {
    const state = tasksReducer(ready(task('a')), {
      type: 'changed',
      id: 'a',
      change: { completed: true },
    });
    expect(state.tasks[0]).toMatchObject({ id: 'a', title: 'a', completed: true });
  });

  it('keeps the list on screen when a later load fails', () => {
    const state = tasksReducer(ready(task('a')), { type: 'failed', problem: 'offline' });
    expect(state).toMatchObject({ status: 'ready', tasks: [{ id: 'a' }] });
    expect(tasksReducer(noTasks, { type: 'failed', problem: 'offline' })).toMatchObject({
      status: 'failed',
      problem: 'offline',
    });
  });

  it('filters', () => {
    const tasks = [task('a'), task('aa', 'done', true)];
    expect(visibleTasks(tasks, 'open').map(({ id }) => id)).toEqual(['a']);
    expect(visibleTasks(tasks, 'completed').map(({ id }) => id)).toEqual(['aa']);
    expect(visibleTasks(tasks, 'all')).toHaveLength(2);
  });
});
