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

/**
 * The sign-in and sign-up form; both share email and password. The fields keep their own text, so
 * what was typed or filled in before the page came alive counts too.
 */
export function useAuthForm(onSignedIn: (user: SessionUser) => void) {
  const [mode, setMode] = useState<AuthMode>('sign-in');
  const [problems, setProblems] = useState<AuthProblems>({});
  const [busy, setBusy] = useState(false);

  const clearProblem = (field: AuthField) => {
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
    const values = valuesOf(form);
    const missing = missingFields(mode, values);
    setProblems(missing);
    if (Object.keys(missing).length > 0) {
      focusFirst(form, missing);
      return;
    }
    setBusy(true);
    try {
      const { name, email, password } = values;
      onSignedIn(
        await (mode === 'sign-in'
          ? signIn({ email, password })
          : signUp({ name, email, password })),
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

  return { mode, switchMode, problems, clearProblem, busy, submit };
}

function valuesOf(form: HTMLFormElement): Record<AuthField, string> {
  const data = new FormData(form);
  const text = (field: AuthField) => {
    const value = data.get(field);
    return typeof value === 'string' ? value : '';
  };
  return { name: text('name').trim(), email: text('email').trim(), password: text('password') };
}

function focusFirst(form: HTMLFormElement, problems: AuthProblems) {
  const first = (['name', 'email', 'password'] as const).find((field) => problems[field]);
  if (!first) return;
  const input = form.elements.namedItem(first);
  if (input instanceof HTMLInputElement) input.focus();
}
