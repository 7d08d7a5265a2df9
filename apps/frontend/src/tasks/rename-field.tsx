'use client';

import { taskTitle } from '@todo/contracts';
import { useRef, useState } from 'react';

interface RenameFieldProps {
  title: string;
  /** Called once, with the new title, or with nothing when it stays as it was. */
  onDone: (title?: string) => void;
}

/** Edits a title in its place: Enter or leaving the field saves, Escape does not. */
export function RenameField({ title, onDone }: RenameFieldProps) {
  const [text, setText] = useState(title);
  const [problem, setProblem] = useState<string>();
  const done = useRef(false);

  const finish = (next?: string) => {
    if (done.current) return;
    done.current = true;
    onDone(next);
  };
  const save = (leaving: boolean) => {
    const parsed = taskTitle.safeParse(text);
    if (parsed.success) finish(parsed.data);
    else if (leaving) finish();
    else setProblem(parsed.error.issues[0]?.message);
  };

  return (
    <form
      noValidate
      className="min-w-0 flex-1"
      onSubmit={(event) => {
        event.preventDefault();
        save(false);
      }}
    >
      <input
        // The person has just asked to edit this very text.
        autoFocus
        aria-label={`New title of ${title}`}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? 'rename-problem' : undefined}
        enterKeyHint="done"
        autoComplete="off"
        className="field px-2.5 text-lg"
        value={text}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setText(event.target.value);
          setProblem(undefined);
        }}
        onBlur={() => save(true)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') finish();
        }}
      />
      {problem && (
        <p id="rename-problem" role="alert" className="text-danger py-1">
          {problem}
        </p>
      )}
    </form>
  );
}
