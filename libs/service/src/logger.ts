import { pino, type DestinationStream, type Logger } from 'pino';
import { describeError } from './describe-error.ts';

export type { Logger };

export interface LoggerOptions {
  /** Name of the service, a field of every line. */
  service: string;
  level?: string;
  /** Where the lines go; standard output by default. */
  destination?: DestinationStream;
}

const SECRET_FIELDS = ['authorization', 'cookie', 'set-cookie', 'password', 'token'];

/**
 * A logger that writes one JSON object per line, replaces secret fields by "[redacted]", and of an
 * error in the field `err` says no more than `describeError` does.
 */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      redact: {
        paths: SECRET_FIELDS.flatMap((field) => [
          `["${field}"]`,
          `*["${field}"]`,
          `*.*["${field}"]`,
        ]),
        censor: '[redacted]',
      },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}
