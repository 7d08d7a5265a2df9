import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Logger } from './logger.ts';
import { beginDrain } from './readiness.ts';
import { StartupError } from './startup-error.ts';

/** The address cannot be listened on. */
export class ListenError extends StartupError {
  override name = 'ListenError';
}

export interface ServeOptions {
  /** Address to listen on. */
  host: string;
  /** 0 for any free port. */
  port: number;
  /** Milliseconds between failing readiness and closing the listener. */
  graceMs?: number;
  logger: Logger;
  /** Releases what the app holds (a pool, for instance), after the last request. */
  onClose?: () => Promise<void>;
}

export interface RunningServer {
  /** Where to reach it from this machine, without a slash at the end. */
  url: string;
  port: number;
  /** Drains and closes as on SIGTERM, but leaves the process running. */
  close(): Promise<void>;
}

/** Requests still running this long after the listener closed are cut off. */
const DRAIN_DEADLINE_MS = 10_000;

/**
 * Listens, until SIGTERM or SIGINT: then readiness fails and answers ask clients to reconnect, after
 * `graceMs` no connection is accepted, running requests finish (for at most 10 s), `onClose` runs and the process exits with 0.
 * @throws ListenError when the address is in use or not allowed
 */
export async function serve(
  app: { fetch: (request: Request, env: never) => Response | Promise<Response> },
  { host, port, graceMs = 0, logger, onClose }: ServeOptions,
): Promise<RunningServer> {
  const server = createAdaptorServer({
    fetch: app.fetch as (request: Request) => Response | Promise<Response>,
    createServer,
  }) as Server;
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  logger.info({ host, port: address.port }, 'listening');

  let closing: Promise<void> | undefined;
  const close = () => (closing ??= drain());
  const onSignal = (signal: NodeJS.Signals) => {
    logger.info({ signal }, 'shutting down');
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'shutdown failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);

  async function drain(): Promise<void> {
    beginDrain(app);
    // Clients that keep connections open move to another server with their next request.
    server.prependListener('request', (_, response) => response.setHeader('connection', 'close'));
    if (graceMs > 0) await new Promise((resolve) => setTimeout(resolve, graceMs));
    await closeServer(server, logger);
    await onClose?.();
    process.off('SIGTERM', onSignal);
    process.off('SIGINT', onSignal);
    logger.info('closed');
  }

  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return {
    url: `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`,
    port: address.port,
    close,
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new ListenError(listenFault(error, host, port), { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

function listenFault(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is in use. Another process listens on it. Stop that process or set PORT to a free port.`;
  if (error.code === 'EACCES')
    return `Port ${port} may not be used. Ports below 1024 need rights that this process lacks. Set PORT to a higher number.`;
  return `Cannot listen on ${host}:${port}. ${error.message}. Check HOST and PORT.`;
}

async function closeServer(server: Server, logger: Logger): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A kept-alive connection would otherwise hold the server open until its client leaves.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const deadline = setTimeout(() => {
    logger.warn({ afterMs: DRAIN_DEADLINE_MS }, 'cutting off running requests');
    server.closeAllConnections();
  }, DRAIN_DEADLINE_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(deadline);
}
