import { serverVariables } from '@todo/service';
import { z } from 'zod';

/** Environment of the backend. */
export const configSchema = z.object({
  ...serverVariables(8000),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe('PostgreSQL connection string; a pooler is fine')
    .meta({ secret: 'database-secrets' }),
  AUTH_SECRET: z
    .string()
    .min(32)
    .describe('Random text of at least 32 characters that signs cookies and encrypts signing keys')
    .meta({ secret: 'auth-secrets' }),
  AGENT_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://localhost:8001')
    .describe('Address of the agent'),
  TOKEN_ISSUER: z
    .string()
    .default('todo-backend')
    .describe('Issuer of the tokens for the agent and the MCP server; the same in all services'),
  TRUSTED_ORIGINS: z
    .string()
    .regex(/^\s*https?:\/\/[^\s,/]+(\s*,\s*https?:\/\/[^\s,/]+)*\s*$/)
    .optional()
    .describe(
      'Further origins that browsers may send requests from, such as https://todo.example.com, separated by commas',
    ),
});
export type Config = z.output<typeof configSchema>;
