/** What a log line says of an error. */
export interface DescribedError {
  type: string;
  message: string;
  stack?: string;
  code?: string;
  cause?: DescribedError;
}

/**
 * Describes an error for the log without the values in it: drizzle puts a failed query's parameters
 * (session tokens, password hashes, what people wrote) into its message and PostgreSQL into `detail`.
 */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'Not an Error.' };
  const stack = frames(error);
  return {
    type: error.name,
    message: withoutParameters(error.message),
    ...(stack && { stack }),
    ...('code' in error && { code: String(error.code) }),
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
  };
}

/** drizzle appends them as the message's last line, which may hold line breaks of its own. */
function withoutParameters(message: string): string {
  return message.replace(/\nparams: [\s\S]*$/, '');
}

/** The calls alone: a stack repeats the message. */
function frames({ stack, message }: Error): string | undefined {
  const begin = stack?.indexOf(message) ?? -1;
  return begin < 0 ? undefined : stack?.slice(begin + message.length).trimStart();
}
