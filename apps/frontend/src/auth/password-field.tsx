'use client';

import { useState } from 'react';
import { TextField } from './text-field.tsx';

interface PasswordFieldProps {
  onChange: () => void;
  autoComplete: 'current-password' | 'new-password';
  hint?: string | undefined;
  problem?: string | undefined;
}

export function PasswordField(field: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...field}
      label="Password"
      name="password"
      type={shown ? 'text' : 'password'}
      trailing={
        <button
          type="button"
          className="text-pen absolute inset-y-0 right-1 rounded-lg px-3 text-sm font-semibold"
          aria-label={shown ? 'Hide what I type as password' : 'Show what I type as password'}
          onClick={() => setShown(!shown)}
        >
          {shown ? 'Hide' : 'Show'}
        </button>
      }
    />
  );
}
