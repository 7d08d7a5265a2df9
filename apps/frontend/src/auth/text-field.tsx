'use client';

import { useId, type ComponentProps, type ReactNode } from 'react';

interface TextFieldProps extends ComponentProps<'input'> {
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
  /** A control inside the field's row, such as "Show". */
  trailing?: ReactNode;
}

/** A labelled input; its hint and its problem are read out with it. */
export function TextField({ label, hint, problem, trailing, ...input }: TextFieldProps) {
  const id = useId();
  const described = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      <div className="relative">
        <input
          {...input}
          id={id}
          className={`field ${trailing ? 'pr-20' : ''}`}
          aria-invalid={problem ? true : undefined}
          aria-describedby={described || undefined}
        />
        {trailing}
      </div>
      {problem && (
        <p id={`${id}-problem`} className="text-danger">
          {problem}
        </p>
      )}
      {hint && !problem && (
        <p id={`${id}-hint`} className="text-faded text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}
