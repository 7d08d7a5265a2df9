'use client';

import type { Task, TaskChange } from '@todo/contracts';
import { useEffect, useRef, useState } from 'react';
import { PencilIcon, TrashIcon } from '../shell/icons.tsx';
import { RenameField } from './rename-field.tsx';

interface TaskRowProps {
  task: Task;
  marked: boolean;
  /** Scroll to it if it is out of sight. */
  reveal: boolean;
  onChange: (change: TaskChange) => void;
  onRemove: () => void;
}

export function TaskRow({ task, marked, reveal, onChange, onRemove }: TaskRowProps) {
  const [renaming, setRenaming] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const renameButton = useRef<HTMLButtonElement>(null);
  const checkboxId = `done-${task.id}`;

  useEffect(() => {
    if (reveal) row.current?.scrollIntoView({ block: 'nearest' });
  }, [reveal]);

  const stopRenaming = (title?: string) => {
    setRenaming(false);
    if (title && title !== task.title) onChange({ title });
    // The button is back on screen only after this render.
    requestAnimationFrame(() => renameButton.current?.focus({ preventScroll: true }));
  };

  return (
    <li ref={row} className="border-rule group scroll-my-4 flex items-start gap-1 border-b py-1">
      <span className="grid size-11 shrink-0 place-items-center -ml-2.5">
        <input
          id={checkboxId}
          type="checkbox"
          className="check"
          checked={task.completed}
          aria-label={renaming ? task.title : undefined}
          onChange={(event) => onChange({ completed: event.target.checked })}
        />
      </span>
      {renaming ? (
        <RenameField title={task.title} onDone={stopRenaming} />
      ) : (
        <>
          <label
            htmlFor={checkboxId}
            className={`min-w-0 flex-1 py-2.5 text-lg leading-6 wrap-anywhere ${task.completed ? 'text-faded line-through' : ''}`}
          >
            <span className={marked ? 'marked' : undefined}>{task.title}</span>
          </label>
          <span className="flex shrink-0 opacity-60 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 [@media(hover:none)]:opacity-100">
            <button
              ref={renameButton}
              type="button"
              className="icon-button"
              aria-label={`Rename ${task.title}`}
              onClick={() => setRenaming(true)}
            >
              <PencilIcon />
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label={`Delete ${task.title}`}
              onClick={onRemove}
            >
              <TrashIcon />
            </button>
          </span>
        </>
      )}
    </li>
  );
}
