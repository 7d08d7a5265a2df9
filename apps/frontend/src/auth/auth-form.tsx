'use client';

import { PASSWORD_MIN } from './auth-errors.ts';
import { PasswordField } from './password-field.tsx';
import type { SessionUser } from './session-user.ts';
import { TextField } from './text-field.tsx';
import { useAuthForm } from './use-auth-form.ts';

interface AuthFormProps {
  /** Why the form is shown although somebody was signed in. */
  notice?: string | undefined;
  onSignedIn: (user: SessionUser) => void;
}

export function AuthForm({ notice, onSignedIn }: AuthFormProps) {
  const { mode, switchMode, problems, clearProblem, busy, submit } = useAuthForm(onSignedIn);
  const joining = mode === 'sign-up';
  return (
    // POST, so that a form sent before the page came alive never shows a password in the address.
    <form method="post" noValidate className="grid gap-5" onSubmit={(event) => void submit(event)}>
      <h2 className="text-2xl font-bold tracking-tight">
        {joining ? 'Create an account' : 'Sign in'}
      </h2>
      {notice && (
        <p role="status" className="bg-wash rounded-lg px-4 py-3">
          {notice}
        </p>
      )}
      {problems.form && (
        <p role="alert" className="bg-danger-wash text-danger rounded-lg px-4 py-3">
          {problems.form}
        </p>
      )}
      {joining && (
        <TextField
          label="Name"
          name="name"
          autoComplete="name"
          maxLength={100}
          problem={problems.name}
          onChange={() => clearProblem('name')}
        />
      )}
      <TextField
        label="Email"
        name="email"
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        problem={problems.email}
        onChange={() => clearProblem('email')}
      />
      <PasswordField
        autoComplete={joining ? 'new-password' : 'current-password'}
        hint={joining ? `At least ${PASSWORD_MIN} characters.` : undefined}
        problem={problems.password}
        onChange={() => clearProblem('password')}
      />
      <button type="submit" className="button button-pen" aria-disabled={busy}>
        {busy ? 'One moment…' : joining ? 'Create account' : 'Sign in'}
      </button>
      <p className="text-faded">
        {joining ? 'You have an account?' : 'New here?'}{' '}
        <button
          type="button"
          className="text-pen -my-2 py-2 font-semibold underline underline-offset-4"
          onClick={() => switchMode(joining ? 'sign-in' : 'sign-up')}
        >
          {joining ? 'Sign in instead' : 'Create an account'}
        </button>
      </p>
    </form>
  );
}
