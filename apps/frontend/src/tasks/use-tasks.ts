'use client';

import type { Task, TaskChange } from '@todo/contracts';
import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import { ApiError } from '../http/api-error.ts';
import { useToast } from '../shell/toast.tsx';
import { addTask, changeTask, listTasks, removeTask } from './tasks-api.ts';
import { noTasks, tasksReducer, type TasksState } from './tasks-reducer.ts';

export interface Tasks extends TasksState {
  /** @returns whether the task was added; if not, the reason is on screen */
  add: (title: string) => Promise<boolean>;
  change: (task: Task, change: TaskChange) => Promise<void>;
  remove: (task: Task) => Promise<void>;
  /** Loads the list anew. @param mark run the highlighter over what differs */
  reload: (mark?: boolean) => Promise<void>;
  /** Takes the highlighter's marks away. */
  unmark: () => void;
}

/**
 * The task list. Changes show at once; when the server refuses one, the list is loaded anew and a
 * message says why.
 */
export function useTasks(onSignedOut: () => void): Tasks {
  const [state, dispatch] = useReducer(tasksReducer, noTasks);
  const latest = useRef(0);
  const toast = useToast();

  const reload = useCallback(
    async (mark = false) => {
      dispatch({ type: 'loading' });
      const turn = ++latest.current;
      try {
        const tasks = await listTasks();
        // A slower answer to an earlier question would bring back an older list.
        if (turn === latest.current) dispatch({ type: 'loaded', tasks, mark });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.signedOut) onSignedOut();
        else dispatch({ type: 'failed', problem: error.message });
      }
    },
    [onSignedOut],
  );

  useEffect(() => {
    const onVisible = () => {
      if (document.visibilityState === 'visible') void reload();
    };
    onVisible();
    document.addEventListener('visibilitychange', onVisible);
    return () => document.removeEventListener('visibilitychange', onVisible);
  }, [reload]);

  const actions = useMemo(() => {
    /** Runs a change; @returns whether it worked, telling the person if not. */
    const attempt = async (run: () => Promise<void>): Promise<boolean> => {
      try {
        await run();
        return true;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.signedOut) onSignedOut();
        else toast({ text: error.message, tone: 'danger' });
        return false;
      }
    };
    const add = (title: string) =>
      attempt(async () => dispatch({ type: 'saved', task: await addTask(title) }));

    /** Brings a deleted task back: the same title and state, under a new id. */
    const restore = ({ title, completed }: Task) =>
      attempt(async () => {
        const added = await addTask(title);
        const task = completed ? await changeTask(added.id, { completed }) : added;
        dispatch({ type: 'saved', task });
      });

    const change = async (task: Task, wanted: TaskChange) => {
      dispatch({ type: 'changed', id: task.id, change: wanted });
      const done = await attempt(async () =>
        dispatch({ type: 'saved', task: await changeTask(task.id, wanted) }),
      );
      if (!done) await reload();
    };

    const remove = async (task: Task) => {
      dispatch({ type: 'removed', id: task.id });
      const done = await attempt(async () => void (await removeTask(task.id)));
      if (done)
        toast({ text: `Deleted “${shortened(task.title)}”`, undo: () => void restore(task) });
      else await reload();
    };
    return { add, change, remove };
  }, [onSignedOut, reload, toast]);

  const unmark = useCallback(() => dispatch({ type: 'unmark' }), []);

  return { ...state, ...actions, reload, unmark };
}

function shortened(title: string): string {
  return title.length > 40 ? `${title.slice(0, 39).trimEnd()}…` : title;
}
