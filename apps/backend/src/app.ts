import { schemaIsCurrent, type Db } from '@todo/database';
import { createService, HttpProblem, type Logger, type Metrics } from '@todo/service';
import { bodyLimit } from 'hono/body-limit';
import { createAuth } from './auth/auth.ts';
import { requireUser } from './auth/require-user.ts';
import { authRoutes } from './auth/routes.ts';
import { signingKeyCheck } from './auth/signing-key.ts';
import type { RunAgent } from './chat/agent-client.ts';
import type { Answers } from './chat/answers.ts';
import { chatRoutes } from './chat/routes.ts';
import { conversationRoutes } from './conversations/routes.ts';
import { outageProblem } from './outage.ts';
import { refuseForeignOrigins } from './public-origin.ts';
import { createRouter } from './router.ts';
import { taskRoutes } from './tasks/routes.ts';
import { tokenRoutes } from './tokens/routes.ts';

export interface AppDeps {
  db: Db;
  /** At least 32 characters. */
  authSecret: string;
  /** Issuer of the tokens for the agent and the MCP server. */
  issuer: string;
  /** Origins that browsers may send requests from, besides the app's own address. */
  trustedOrigins: string[];
  runAgent: RunAgent;
  answers: Answers;
  logger: Logger;
  metrics: Metrics;
}

/** The longest message is 4000 characters; nothing that is sent here is longer. */
const MAX_BODY_BYTES = 64 * 1024;

/** The backend's HTTP interface. No I/O before the first request. */
export function createApp(deps: AppDeps) {
  const { db, issuer, trustedOrigins, logger, metrics } = deps;
  const auth = createAuth({ db, secret: deps.authSecret, issuer, trustedOrigins, logger });
  const signingKey = signingKeyCheck(auth, db, logger);
  const signedIn = requireUser(auth);

  const api = createRouter();
  api.use('/api/*', async (c, next) => {
    await next();
    // Everything here is somebody's own.
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  });
  api.use('/api/*', refuseForeignOrigins(trustedOrigins));
  api.use('/api/*', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }));
  api.route('/', authRoutes(auth));
  api.route('/', taskRoutes(db, signedIn));
  api.route('/', conversationRoutes(db, signedIn));
  api.route('/', chatRoutes({ ...deps, auth }, signedIn));
  api.route('/', tokenRoutes(auth, issuer, signedIn));
  api.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Todo Chatbot', version: '1' },
  });

  const service = createService({
    name: 'backend',
    logger,
    metrics,
    explain: outageProblem,
    checks: {
      database: async () => {
        if (!(await schemaIsCurrent(db))) throw new Error('The database is not migrated yet.');
        await signingKey();
      },
    },
  });
  service.route('/', api);
  return service;
}

function tooLarge(): Response {
  return new HttpProblem(
    413,
    'too_large',
    'The request is too large.',
    `A body has at most ${MAX_BODY_BYTES} bytes.`,
  ).toResponse();
}
