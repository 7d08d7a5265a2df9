import { z } from 'zod';

/** Audiences of the short-lived tokens that the backend mints. */
export const AGENT_AUDIENCE = 'todo-agent';
export const MCP_AUDIENCE = 'todo-mcp';

/** Body of `POST /api/tokens`: foreign MCP clients get a token for the MCP server only. */
export const tokenRequest = z.strictObject({ audience: z.literal(MCP_AUDIENCE) });
export const tokenResponse = z.object({ token: z.string(), expiresAt: z.iso.datetime() });
export type TokenResponse = z.infer<typeof tokenResponse>;
