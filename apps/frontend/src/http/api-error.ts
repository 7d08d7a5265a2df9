import { problem } from '@todo/contracts';
import { z } from 'zod';

/** better-auth answers with its own error body instead of a problem. */
const authError = z.object({ code: z.string(), message: z.string() });

/** A request that failed. `message` is a sentence for the person at the screen. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 when there was no answer at all. */
  readonly status: number;
  /** Stable, for programs: a problem's `code`, or `offline`, `interrupted`, `unexpected`. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The session is over: sign in again. */
  get signedOut(): boolean {
    return this.status === 401;
  }
}

export function offline(): ApiError {
  return new ApiError(
    0,
    'offline',
    'The server cannot be reached. Check your connection and try again.',
  );
}

/** Reads a failed response's problem details, or better-auth's error, into an ApiError. */
export async function errorFrom(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const details = problem.safeParse(body);
  if (details.success) {
    const { code, title, detail, errors } = details.data;
    return new ApiError(response.status, code, errors?.[0]?.message ?? detail ?? title);
  }
  const auth = authError.safeParse(body);
  if (auth.success) return new ApiError(response.status, auth.data.code, auth.data.message);
  return new ApiError(
    response.status,
    'unexpected',
    response.status === 429
      ? 'That was too many tries in a row. Wait a moment and try again.'
      : 'Something went wrong on the server. Try again in a moment.',
  );
}
