import { z } from 'zod';

/**
 * The variables that every server has, to be spread into its schema.
 * @param port the port used when PORT is unset
 */
export function serverVariables(port: number) {
  return {
    PORT: z.coerce
      .number()
      .int()
      .min(0)
      .max(65535)
      .default(port)
      .describe('Port to listen on, 0 for any free one'),
    HOST: z.string().default('0.0.0.0').describe('Address to listen on'),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error'])
      .default('info')
      .describe('Least severe level that is logged: trace, debug, info, warn or error'),
    SHUTDOWN_GRACE_MS: z.coerce
      .number()
      .int()
      .min(0)
      .max(60_000)
      .default(0)
      .describe('Milliseconds between failing readiness and closing the listener on SIGTERM'),
  };
}
