import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

export interface LoggerOptions {
  /** Name of the service, a field of every line. */
  service: string;
  level?: string;
  /** Where the lines go; standard output by default. */
  destination?: DestinationStream;
}

const SECRET_FIELDS = ['authorization', 'cookie', 'set-cookie', 'password', 'token'];

/** A logger that writes one JSON object per line and replaces secret fields by "[redacted]". */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
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
