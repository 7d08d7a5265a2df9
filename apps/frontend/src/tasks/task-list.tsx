'use client';

import type { Task, TaskChange } from '@todo/contracts';
import { useRef } from 'react';
import { TaskRow } from './task-row.tsx';

interface TaskListProps {
  tasks: readonly Task[];
  marked: ReadonlySet<string>;
  /** The task that was added last. */
  added: string | undefined;
  /** Only open or only completed tasks are shown: ticking one takes it off the screen. */
  filtered: boolean;
  onChange: (task: Task, change: TaskChange) => Promise<void>;
  onRemove: (task: Task) => Promise<void>;
  /** The row that had the focus was the last one: put it somewhere else. */
  onEmptied: () => void;
}

export function TaskList({
  tasks,
  marked,
  added,
  filtered,
  onChange,
  onRemove,
  onEmptied,
}: TaskListProps) {
  const list = useRef<HTMLUListElement>(null);

  /** Somebody who works by keyboard stays where they were when a row goes away. */
  const focusNeighbour = (task: Task) => {
    const at = tasks.indexOf(task);
    const neighbour = tasks[at + 1] ?? tasks[at - 1];
    if (!neighbour) onEmptied();
    else
      list.current?.querySelector<HTMLInputElement>(`#done-${CSS.escape(neighbour.id)}`)?.focus();
  };

  return (
    <ul ref={list} aria-label="Tasks" className="border-rule border-t">
      {tasks.map((task) => (
        <TaskRow
          key={task.id}
          task={task}
          marked={marked.has(task.id)}
          reveal={marked.has(task.id) || task.id === added}
          onChange={(change) => {
            if (filtered && change.completed !== undefined) focusNeighbour(task);
            void onChange(task, change);
          }}
          onRemove={() => {
            focusNeighbour(task);
            void onRemove(task);
          }}
        />
      ))}
    </ul>
  );
}
