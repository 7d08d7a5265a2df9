/** Node's codes for a server that cannot be reached, or that hung up. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EAI_AGAIN',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);

/**
 * PostgreSQL's for a server that starts, stops, crashed, has no connection left or lost it.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const SERVER = /^(08\w{3}|53300|57P0[1-3])$/;

/** What node-postgres says, without a code, of connections that ended or took too long. */
const SAID =
  /^(Connection terminated|Query read timeout|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/;

/**
 * Whether something failed because the database cannot be reached now, so that the same may work in
 * a moment; a wrong password, a failing statement and defects are none of that.
 * @param error what a query threw, also when it is the cause of another error
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.every(isUnavailable);
  const code = 'code' in error ? String(error.code) : '';
  return (
    NETWORK.has(code) || SERVER.test(code) || SAID.test(error.message) || isUnavailable(error.cause)
  );
}
