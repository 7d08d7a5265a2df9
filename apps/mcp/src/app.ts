import { createMcpHandler, originValidationResponse } from '@modelcontextprotocol/server';
import { tasksOf, type Db } from '@todo/database';
import { requireBearer, type TokenVerifier } from '@todo/identity';
import { createService, type Check, type Logger, type Metrics } from '@todo/service';
import { createMiddleware } from 'hono/factory';
import { createTodoServer } from './server.ts';

export interface AppDeps {
  db: Db;
  /** Accepts only tokens for this service. */
  verify: TokenVerifier;
  logger: Logger;
  metrics: Metrics;
  checks?: Record<string, Check>;
  /** Host names of web pages that may call the server from a browser; none by default. */
  allowedOrigins?: string[];
}

/** The MCP server over Streamable HTTP at `/mcp`, stateless: any replica answers any request. */
export function createApp({ db, verify, logger, metrics, checks, allowedOrigins = [] }: AppDeps) {
  const mcp = createMcpHandler(
    ({ authInfo }) => {
      const userId = authInfo?.extra?.userId;
      if (typeof userId !== 'string') throw new Error('A request came without an identity.');
      return createTodoServer(tasksOf(db, userId), logger);
    },
    { onerror: (error) => logger.warn({ err: error }, 'MCP request failed') },
  );

  const app = createService({ name: 'mcp', logger, metrics, ...(checks && { checks }) });
  app.all('/mcp', refuseForeignPages(allowedOrigins), requireBearer(verify), (c) => {
    const { userId, token, expiresAt } = c.var.identity;
    return mcp.fetch(c.req.raw, {
      authInfo: { token, clientId: 'todo', scopes: [], expiresAt, extra: { userId } },
    });
  });
  return { app, close: () => mcp.close() };
}

/** A browser names the page that sends a request; programs send no Origin and pass. */
function refuseForeignPages(allowed: string[]) {
  return createMiddleware(async (c, next) => {
    const refusal = originValidationResponse(c.req.raw, allowed);
    if (refusal) return refusal;
    await next();
  });
}
