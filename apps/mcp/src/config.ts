import { serverVariables } from '@todo/service';
import { z } from 'zod';

/** Environment of the MCP server. */
export const configSchema = z.object({
  ...serverVariables(8002),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe('PostgreSQL connection string; a pooler is fine')
    .meta({ secret: 'database-secrets' }),
  JWKS_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://localhost:8000/api/auth/jwks')
    .describe("Address of the backend's public keys"),
  TOKEN_ISSUER: z
    .string()
    .default('todo-backend')
    .describe('Issuer that tokens must name; the same in all services'),
});
export type Config = z.output<typeof configSchema>;
