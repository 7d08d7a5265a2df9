/** What a log line says of an error. */
export interface DescribedError {
  type: string;
  message: string;
  stack?: string;
  code?: string;
  status?: number;
  cause?: DescribedError;
}

/**
 * Describes an error for the log, without what else it carries: libraries attach whole requests,
 * conversations and responses to their errors. Query parameters, API keys and bearer tokens are cut
 * out of its text.
 * @param error anything that was thrown; of what is no Error nothing is repeated
 */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'Not an Error.' };
  const { code, status } = error as { code?: unknown; status?: unknown };
  const stack = frames(error);
  return {
    type: error.name,
    message: withoutSecrets(error.message),
    ...(stack && { stack }),
    ...((typeof code === 'string' || typeof code === 'number') && { code: String(code) }),
    ...(typeof status === 'number' && { status }),
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
  };
}

function withoutSecrets(message: string): string {
  return (
    message
      // drizzle appends a failed query's parameters as the last line, which may span several.
      .replace(/\nparams: [\s\S]*$/, '')
      .replace(/\b(?:sk|gsk|pk|key)[-_][\w*.-]+/gi, '[redacted]')
      .replace(/\bBearer\s+\S+/gi, 'Bearer [redacted]')
      .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[redacted]')
      .replace(/(\w+:\/\/[^\s:/@]+:)[^\s@]+@/g, '$1[redacted]@')
  );
}

/** The calls alone: a stack repeats the message. */
function frames({ stack, message }: Error): string | undefined {
  const begin = stack?.indexOf(message) ?? -1;
  return begin < 0 ? undefined : stack?.slice(begin + message.length).trimStart();
}
