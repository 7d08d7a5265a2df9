import {
  createLogger,
  createMetrics,
  createService,
  loadConfig,
  urlAnswers,
  type Logger,
  type Metrics,
  type Service,
} from '@todo/service';
import { configSchema, type Config } from '../config.ts';
import { proxyRequest } from './proxy-request.ts';

/** What this process serves beside pages. */
export interface ServerApp {
  config: Config;
  logger: Logger;
  metrics: Metrics;
  service: Service;
  /** Set on SIGTERM: `/readyz` fails from then on. */
  draining: boolean;
}

const SLOT = Symbol.for('todo.frontend.server');
const shared = globalThis as { [SLOT]?: ServerApp };

/**
 * The one instance of this process. Next.js bundles every route apart, each with module state of
 * its own, so the instance is kept on the global object.
 * @throws ConfigError when the environment does not fit
 */
export function serverApp(): ServerApp {
  return (shared[SLOT] ??= createServerApp(loadConfig(configSchema)));
}

export function createServerApp(config: Config): ServerApp {
  const logger = createLogger({ service: 'frontend', level: config.LOG_LEVEL });
  const metrics = createMetrics('frontend');
  const service = createService({
    name: 'frontend',
    logger,
    metrics,
    // Alive, not ready: pages of every replica stay up while the backend waits for its database.
    checks: { backend: urlAnswers(new URL('/healthz', config.BACKEND_URL).href) },
  });
  service.all('/api/*', (c) =>
    proxyRequest(c.req.raw, {
      backendUrl: config.BACKEND_URL,
      requestId: c.var.requestId,
      onUnreachable: (error) => c.var.logger.warn({ err: error }, 'the backend gave no answer'),
    }),
  );
  return { config, logger, metrics, service, draining: false };
}
