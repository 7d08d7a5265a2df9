import type { ApiError } from '../http/api-error.ts';

export type AuthField = 'name' | 'email' | 'password';
export type AuthProblems = Partial<Record<AuthField | 'form', string>>;
export type AuthMode = 'sign-in' | 'sign-up';

/** better-auth's own limits. */
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

/** What is missing before asking the server; empty when nothing is. */
export function missingFields(mode: AuthMode, values: Record<AuthField, string>): AuthProblems {
  const problems: AuthProblems = {};
  if (mode === 'sign-up' && !values.name.trim()) problems.name = 'Tell us what to call you.';
  if (!/^\S+@\S+\.\S+$/.test(values.email.trim()))
    problems.email = 'Enter an email address, like name@example.com.';
  if (!values.password) problems.password = 'Enter your password.';
  else if (mode === 'sign-up' && values.password.length < PASSWORD_MIN)
    problems.password = `Use at least ${PASSWORD_MIN} characters.`;
  else if (values.password.length > PASSWORD_MAX)
    problems.password = `Use at most ${PASSWORD_MAX} characters.`;
  return problems;
}

/** Puts the server's refusal where it belongs in the form. */
export function refusal(error: ApiError): AuthProblems {
  switch (error.code) {
    case 'INVALID_EMAIL_OR_PASSWORD':
      return { form: 'This email and password do not belong together. Check both and try again.' };
    case 'USER_ALREADY_EXISTS':
    case 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL':
      return { email: 'There is an account with this email already. Sign in instead.' };
    case 'INVALID_EMAIL':
      return { email: 'Enter an email address, like name@example.com.' };
    case 'PASSWORD_TOO_SHORT':
      return { password: `Use at least ${PASSWORD_MIN} characters.` };
    case 'PASSWORD_TOO_LONG':
      return { password: `Use at most ${PASSWORD_MAX} characters.` };
    default:
      return {
        form:
          error.status === 429
            ? 'That was too many tries in a row. Wait a moment and try again.'
            : error.message,
      };
  }
}
