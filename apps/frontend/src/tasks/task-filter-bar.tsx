'use client';

import type { TaskFilter } from './tasks-reducer.ts';

interface TaskFilterBarProps {
  filter: TaskFilter;
  counts: Record<TaskFilter, number>;
  onChange: (filter: TaskFilter) => void;
}

const LABELS: Record<TaskFilter, string> = { all: 'All', open: 'Open', completed: 'Completed' };

export function TaskFilterBar({ filter, counts, onChange }: TaskFilterBarProps) {
  return (
    <div role="group" aria-label="Show" className="-mx-3 flex">
      {(Object.keys(LABELS) as TaskFilter[]).map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={filter === name}
          className="text-faded hover:text-ink aria-pressed:text-ink aria-pressed:decoration-pen min-h-11 rounded-lg px-3 decoration-[2.5px] underline-offset-8 aria-pressed:font-semibold aria-pressed:underline"
          onClick={() => onChange(name)}
        >
          {LABELS[name]}
          <span className="ml-1.5 inline-block text-sm font-normal no-underline opacity-80">
            {counts[name]}
          </span>
        </button>
      ))}
    </div>
  );
}
