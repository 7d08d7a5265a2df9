import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { requestId } from 'hono/request-id';
import { HttpProblem, problemOf, type Explain } from './http-problem.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { createReadiness, isDraining, type Check } from './readiness.ts';
import { requestLog } from './request-log.ts';
import type { ServiceEnv } from './service-env.ts';

export interface ServiceOptions {
  name: string;
  logger: Logger;
  metrics: Metrics;
  /** What `/readyz` asks, by name of the dependency; each has a second to answer. */
  checks?: Record<string, Check>;
  /** Turns errors that the service knows, such as those of its database, into problems. */
  explain?: Explain;
}

const MAX_BODY_BYTES = 1024 * 1024;

/**
 * A Hono app with what every service has: `/healthz`, `/readyz`, `/metrics`, request ids and logs,
 * a limit of 1 MiB for bodies, and RFC 9457 problem details for errors and unknown paths.
 * Add routes to it, then pass it to `serve`.
 */
export function createService(options: ServiceOptions) {
  const { name, logger, metrics, checks = {}, explain } = options;
  const app = new Hono<ServiceEnv>();
  const readiness = createReadiness(checks, logger);

  app.use(requestId());
  app.use(requestLog(logger, metrics));
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => new HttpProblem(413, 'too_large', 'The request is too large.').toResponse(),
    }),
  );

  app.get('/healthz', (c) => c.json({ status: 'ok', service: name }));
  app.get('/readyz', async (c) => {
    if (isDraining(app)) return c.json({ status: 'draining', checks: {} }, 503);
    const { ready, checks: results } = await readiness();
    return c.json({ status: ready ? 'ready' : 'not ready', checks: results }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) =>
    c.body(await metrics.registry.metrics(), 200, {
      'content-type': metrics.registry.contentType,
    }),
  );

  app.notFound((c) =>
    new HttpProblem(
      404,
      'not_found',
      'There is nothing here.',
      `${c.req.method} ${c.req.path} is not known.`,
    ).toResponse(),
  );
  app.onError((error, c) => {
    const problem = problemOf(error, explain);
    // Errors before the request log's turn have no logger of their own yet.
    const log = (c.var.logger as Logger | undefined) ?? logger;
    if (problem.status >= 500) log.error({ err: problem.extras.cause ?? error }, 'request failed');
    return problem.toResponse();
  });
  return app;
}

/** What `createService` returns. */
export type Service = ReturnType<typeof createService>;
