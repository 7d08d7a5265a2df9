import { createMiddleware } from 'hono/factory';
import { matchedRoutes, routePath } from 'hono/route';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { ServiceEnv } from './service-env.ts';

const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/** Logs and measures each request, probes apart; handlers get `c.var.logger` with the request id. */
export function requestLog(logger: Logger, metrics: Metrics) {
  return createMiddleware<ServiceEnv>(async (c, next) => {
    const requestLogger = logger.child({ requestId: c.var.requestId });
    c.set('logger', requestLogger);
    if (PROBES.has(c.req.path)) return next();

    const begin = performance.now();
    await next();
    const ms = performance.now() - begin;
    const { method, path } = c.req;
    const { status } = c.res;
    // What handled the request is the last match; with middleware alone there is none.
    const handled = matchedRoutes(c).some(({ path: route }) => route !== '/*');
    const route = handled ? routePath(c, -1) : 'unmatched';
    metrics.requestDuration.observe({ method, route, status: String(status) }, ms / 1000);
    requestLogger.info({ method, path, route, status, ms: Math.round(ms * 10) / 10 }, 'request');
  });
}
