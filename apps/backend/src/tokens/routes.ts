import { createRoute } from '@hono/zod-openapi';
import { MCP_AUDIENCE, tokenRequest, tokenResponse } from '@todo/contracts';
import type { MiddlewareHandler } from 'hono';
import type { Auth } from '../auth/auth.ts';
import { mintToken } from '../auth/mint-token.ts';
import type { BackendEnv } from '../backend-env.ts';
import { createRouter, problemResponse, sessionProblems } from '../router.ts';

const LIFETIME_SECONDS = 15 * 60;

const createToken = createRoute({
  method: 'post',
  path: '/api/tokens',
  tags: ['tokens'],
  summary: 'A token for 15 minutes, with which any MCP client can use the MCP server.',
  request: { body: { required: true, content: { 'application/json': { schema: tokenRequest } } } },
  responses: {
    200: {
      description: 'Send it to the MCP server as `Authorization: Bearer <token>`.',
      content: { 'application/json': { schema: tokenResponse } },
    },
    400: problemResponse('The audience is not one that tokens are given for.'),
    ...sessionProblems,
  },
});

/** Tokens for MCP clients of the user's own. */
export function tokenRoutes(auth: Auth, issuer: string, signedIn: MiddlewareHandler<BackendEnv>) {
  const router = createRouter();
  router.use('/api/tokens', signedIn);
  router.openapi(createToken, async (c) => {
    const { token, expiresAt } = await mintToken(auth, {
      userId: c.var.user.id,
      issuer,
      audience: [MCP_AUDIENCE],
      lifetimeSeconds: LIFETIME_SECONDS,
    });
    return c.json({ token, expiresAt: expiresAt.toISOString() }, 200);
  });
  return router;
}
