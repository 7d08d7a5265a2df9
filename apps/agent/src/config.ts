import { serverVariables } from '@todo/service';
import { z } from 'zod';

/** Environment of the agent. */
export const configSchema = z.object({
  ...serverVariables(8001),
  MCP_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://localhost:8002/mcp')
    .describe('Address of the MCP server'),
  JWKS_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://localhost:8000/api/auth/jwks')
    .describe("Address of the backend's public keys"),
  TOKEN_ISSUER: z
    .string()
    .default('todo-backend')
    .describe('Issuer that tokens must name; the same in all services'),
  OPENAI_API_KEY: z
    .string()
    .optional()
    .describe('Key of the model endpoint; without it the offline model answers')
    .meta({ secret: 'api-keys' }),
  OPENAI_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address of an OpenAI-compatible endpoint, such as https://api.groq.com/openai/v1'),
  OPENAI_MODEL: z.string().default('gpt-5-mini').describe('Name of the model at the endpoint'),
});
export type Config = z.output<typeof configSchema>;
