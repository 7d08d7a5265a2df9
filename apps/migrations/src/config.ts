import { z } from 'zod';

/** Environment of the migration Job. */
export const configSchema = z.object({
  DATABASE_URL_DIRECT: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe('PostgreSQL connection string of the database itself, not of a pooler')
    .meta({ secret: 'database-secrets' }),
  MIGRATIONS_DIR: z
    .string()
    .optional()
    .describe('Folder of the SQL migrations; by default the one beside the program'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('Least severe level that is logged: trace, debug, info, warn or error'),
});
