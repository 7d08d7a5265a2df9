import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Server, ServerResponse } from 'node:http';
import type { ServerApp } from './server-app.ts';

/** Requests still running this long after the listener closed are cut off. */
const DRAIN_DEADLINE_MS = 10_000;

/** What the drain needs of the app. */
export type Drainable = Pick<ServerApp, 'draining'> & {
  config: Pick<ServerApp['config'], 'SHUTDOWN_GRACE_MS'>;
  logger: Pick<ServerApp['logger'], 'info' | 'warn'>;
};

/**
 * Puts the grace period before Next.js' own shutdown, which closes the listener at once: on
 * SIGTERM readiness fails and answers ask clients to reconnect, and only after SHUTDOWN_GRACE_MS Next.js closes; running requests
 * finish, idle connections end, and the process exits with 0.
 * Call it when Next.js has installed its handlers, i.e. from `register`.
 */
export function drainOnSignal(app: Drainable): void {
  const server = watchServer();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const handlers = process.listeners(signal) as ((signal: NodeJS.Signals) => void)[];
    process.removeAllListeners(signal);
    process.on(signal, () => {
      if (app.draining) return;
      app.draining = true;
      app.logger.info({ signal }, 'shutting down');
      sendClientsElsewhere();
      setTimeout(() => {
        for (const handle of handlers) handle(signal);
        endConnections(server, app.logger);
      }, app.config.SHUTDOWN_GRACE_MS);
    });
  }
}

function endConnections(server: () => Server | undefined, logger: Drainable['logger']): void {
  // A kept-alive connection would otherwise hold the process until its client leaves.
  setInterval(() => server()?.closeIdleConnections(), 50).unref();
  setTimeout(() => {
    logger.warn({ afterMs: DRAIN_DEADLINE_MS }, 'cutting off running requests');
    server()?.closeAllConnections();
  }, DRAIN_DEADLINE_MS).unref();
  // Next.js ends with 143; a drain that went as planned is no failure.
  process.once('exit', () => {
    process.exitCode = 0;
  });
}

/** Next.js does not hand out its server; Node names it with every request. */
const channel = 'http.server.request.start';

/** Clients that keep connections open move to another server with their next request. */
function sendClientsElsewhere(): void {
  subscribe(channel, (message) => {
    (message as { response: ServerResponse }).response.setHeader('connection', 'close');
  });
}

function watchServer(): () => Server | undefined {
  let server: Server | undefined;
  const onRequest = (message: unknown) => {
    server = (message as { server: Server }).server;
    unsubscribe(channel, onRequest);
  };
  subscribe(channel, onRequest);
  return () => server;
}
