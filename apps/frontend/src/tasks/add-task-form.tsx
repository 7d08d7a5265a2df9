'use client';

import { taskTitle } from '@todo/contracts';
import { useState, type RefObject } from 'react';
import { useDraft } from '../shell/draft.ts';
import { PlusIcon } from '../shell/icons.tsx';

interface AddTaskFormProps {
  inputRef: RefObject<HTMLInputElement | null>;
  userId: string;
  onAdd: (title: string) => Promise<boolean>;
}

export function AddTaskForm({ inputRef, userId, onAdd }: AddTaskFormProps) {
  const [title, setTitle] = useDraft(`${userId}:task`);
  const [problem, setProblem] = useState<string>();

  const submit = async () => {
    const parsed = taskTitle.safeParse(title);
    if (!parsed.success) {
      setProblem(parsed.error.issues[0]?.message);
      inputRef.current?.focus();
      return;
    }
    // Cleared at once so that the next task can be typed; put back if the server refuses.
    setTitle('');
    if (!(await onAdd(parsed.data))) setTitle(title);
  };

  return (
    <form
      noValidate
      className="mt-6 mb-5"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="border-edge bg-paper focus-within:border-pen focus-within:outline-pen flex items-center gap-1 rounded-xl border p-1 focus-within:outline-2 focus-within:outline-offset-1">
        <input
          ref={inputRef}
          aria-label="New task"
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? 'new-task-problem' : undefined}
          placeholder="What needs doing?"
          enterKeyHint="done"
          autoComplete="off"
          className="min-h-11 min-w-0 flex-1 bg-transparent px-3 text-lg outline-none"
          value={title}
          onChange={(event) => {
            setTitle(event.target.value);
            setProblem(undefined);
          }}
        />
        <button type="submit" className="button button-pen px-3.5">
          <PlusIcon />
          Add
        </button>
      </div>
      {problem && (
        <p id="new-task-problem" role="alert" className="text-danger mt-2 px-4">
          {problem}
        </p>
      )}
    </form>
  );
}
