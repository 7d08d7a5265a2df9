'use client';

import { useRef, useState } from 'react';
import { AddTaskForm } from './add-task-form.tsx';
import { TaskFilterBar } from './task-filter-bar.tsx';
import { TaskList } from './task-list.tsx';
import { TaskListSkeleton } from './task-list-skeleton.tsx';
import { visibleTasks, type TaskFilter } from './tasks-reducer.ts';
import type { Tasks } from './use-tasks.ts';

interface TaskPaneProps {
  tasks: Tasks;
  userId: string;
}

export function TaskPane({ tasks, userId }: TaskPaneProps) {
  const [filter, setFilter] = useState<TaskFilter>('all');
  const addInput = useRef<HTMLInputElement>(null);
  const open = tasks.tasks.filter(({ completed }) => !completed).length;
  const shown = visibleTasks(tasks.tasks, filter);
  return (
    <section
      aria-labelledby="tasks-heading"
      className="mx-auto w-full max-w-2xl px-4 pt-7 pb-16 sm:px-8 lg:pt-12"
    >
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div>
          <h1
            id="tasks-heading"
            className="text-[2.5rem] leading-none font-bold tracking-[-0.03em]"
          >
            Tasks
          </h1>
          <p className="text-faded mt-2 min-h-6">
            {tasks.status === 'ready' && summary(open, tasks.tasks.length)}
          </p>
        </div>
        {tasks.tasks.length > 0 && (
          <TaskFilterBar
            filter={filter}
            counts={{ all: tasks.tasks.length, open, completed: tasks.tasks.length - open }}
            onChange={setFilter}
          />
        )}
      </div>
      <AddTaskForm
        inputRef={addInput}
        userId={userId}
        onAdd={async (title) => {
          const added = await tasks.add(title);
          if (added && filter === 'completed') setFilter('all');
          return added;
        }}
      />
      {tasks.status === 'loading' && <TaskListSkeleton />}
      {tasks.status === 'failed' && (
        <div role="alert" className="border-rule grid justify-items-start gap-3 border-t py-6">
          <p>Your tasks could not be loaded. {tasks.problem}</p>
          <button type="button" className="button button-pen" onClick={() => void tasks.reload()}>
            Try again
          </button>
        </div>
      )}
      {tasks.status === 'ready' && shown.length === 0 && (
        <p className="text-faded border-rule border-t py-6 text-pretty">
          {emptyText(filter, tasks.tasks.length)}
        </p>
      )}
      {shown.length > 0 && (
        <TaskList
          tasks={shown}
          marked={tasks.marked}
          added={tasks.added}
          filtered={filter !== 'all'}
          onChange={tasks.change}
          onRemove={tasks.remove}
          onEmptied={() => addInput.current?.focus()}
        />
      )}
    </section>
  );
}

function summary(open: number, all: number): string {
  if (all === 0) return 'A clean page.';
  if (open === 0) return 'Everything is done.';
  return `${open} to do${all > open ? `, ${all - open} done` : ''}`;
}

function emptyText(filter: TaskFilter, all: number): string {
  if (all === 0)
    return 'Nothing here yet. Write your first task above, or tell the assistant, for example “remind me to call the dentist”.';
  return filter === 'open' ? 'Nothing left to do.' : 'Nothing completed yet.';
}
