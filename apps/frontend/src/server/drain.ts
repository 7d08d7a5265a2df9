import type { ServerApp } from './server-app.ts';

/** Requests still running this long after the listener closed are cut off. */
const DRAIN_DEADLINE_MS = 10_000;

/**
 * Puts the grace period before Next.js' own shutdown, which closes the listener at once: on
 * SIGTERM readiness fails, and only after SHUTDOWN_GRACE_MS Next.js closes and running requests
 * finish. Call it when Next.js has installed its handlers, i.e. from `register`.
 */
export function drainOnSignal(app: ServerApp): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const handlers = process.listeners(signal) as ((signal: NodeJS.Signals) => void)[];
    process.removeAllListeners(signal);
    process.on(signal, () => {
      if (app.draining) return;
      app.draining = true;
      app.logger.info({ signal }, 'shutting down');
      setTimeout(() => {
        for (const handle of handlers) handle(signal);
        setTimeout(() => {
          app.logger.warn({ afterMs: DRAIN_DEADLINE_MS }, 'cutting off running requests');
          process.exit(1);
        }, DRAIN_DEADLINE_MS).unref();
      }, app.config.SHUTDOWN_GRACE_MS);
    });
  }
}
