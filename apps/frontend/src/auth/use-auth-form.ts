'use client';

import { useState, type FormEvent } from 'react';
import { ApiError } from '../http/api-error.ts';
import { signIn, signUp } from './auth-api.ts';
import {
  missingFields,
  refusal,
  type AuthField,
  type AuthMode,
  type AuthProblems,
} from './auth-errors.ts';
import type { SessionUser } from './session-user.ts';

/** State of the sign-in and sign-up form: both share email and password. */
export function useAuthForm(onSignedIn: (user: SessionUser) => void) {
  const [mode, setMode] = useState<AuthMode>('sign-in');
  const [values, setValues] = useState<Record<AuthField, string>>({
    name: '',
    email: '',
    password: '',
  });
  const [problems, setProblems] = useState<AuthProblems>({});
  const [busy, setBusy] = useState(false);

  const setValue = (field: AuthField, value: string) => {
    setValues((now) => ({ ...now, [field]: value }));
    setProblems((now) => ({ ...now, [field]: undefined, form: undefined }));
  };

  const switchMode = (next: AuthMode) => {
    setMode(next);
    setProblems({});
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const missing = missingFields(mode, values);
    setProblems(missing);
    if (Object.keys(missing).length > 0) {
      focusFirst(form, missing);
      return;
    }
    setBusy(true);
    try {
      const email = values.email.trim();
      const { password } = values;
      onSignedIn(
        mode === 'sign-in'
          ? await signIn({ email, password })
          : await signUp({ name: values.name.trim(), email, password }),
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const refused = refusal(error);
      setProblems(refused);
      focusFirst(form, refused);
    } finally {
      setBusy(false);
    }
  };

  return { mode, switchMode, values, setValue, problems, busy, submit };
}

function focusFirst(form: HTMLFormElement, problems: AuthProblems) {
  const first = (['name', 'email', 'password'] as const).find((field) => problems[field]);
  if (!first) return;
  const input = form.elements.namedItem(first);
  if (input instanceof HTMLInputElement) input.focus();
}
