/**
 * Why a request got no answer: the innermost words of the error, which fetch hides behind
 * "fetch failed".
 */
export function reasonOf(error: unknown): string {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  if (at instanceof AggregateError && at.errors[0] instanceof Error) at = at.errors[0];
  if (!(at instanceof Error)) return String(at);
  if (at.name === 'TimeoutError') return 'no answer in time';
  return at.message || (at as NodeJS.ErrnoException).code || at.name;
}
