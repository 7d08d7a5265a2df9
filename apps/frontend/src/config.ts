import { z } from 'zod';

/** The environment of the frontend's server. Nothing of it reaches the browser. */
export const configSchema = z.object({
  BACKEND_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://localhost:8000')
    .describe('Base URL of the backend; /api/* is forwarded to it.'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('Port to listen on.'),
  HOST: z.string().default('0.0.0.0').describe('Address to listen on.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('Least severe level that is logged.'),
  SHUTDOWN_GRACE_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('How long readiness fails before the listener closes, in milliseconds.'),
});
export type Config = z.infer<typeof configSchema>;
