import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientAddress, trustNetworks } from '@todo/service';
import type { ServerApp } from './server-app.ts';

/** What the watch needs of the app. */
export type Watching = Pick<ServerApp, 'logger' | 'metrics'> & {
  config: Pick<ServerApp['config'], 'TRUSTED_PROXIES'>;
};

/** These are logged and measured by the service that answers them, or not at all. */
const NOT_PAGES = /^\/(api|_next)\/|^\/(healthz|readyz|metrics)$|^\/icon/;
const REQUEST_ID = /^[\w-]{1,255}$/;

/**
 * Sees every request before Next.js does, which offers no place of its own for that: Node names
 * each on a channel. Puts the client's true address into x-forwarded-for, because a client can
 * write there what it likes, and logs and measures pages.
 */
export function watchRequests({ config, logger, metrics }: Watching): void {
  const isTrusted = trustNetworks(config.TRUSTED_PROXIES);
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const { headers } = request;
    const forwarded = headers['x-forwarded-for'];
    const client = clientAddress(request.socket.remoteAddress, String(forwarded ?? ''), isTrusted);
    if (client) headers['x-forwarded-for'] = client;
    else delete headers['x-forwarded-for'];

    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (NOT_PAGES.test(path)) return;
    const given = String(headers['x-request-id'] ?? '');
    const requestId = REQUEST_ID.test(given) ? given : randomUUID();
    headers['x-request-id'] = requestId;
    const method = request.method ?? 'GET';
    const begin = performance.now();
    response.once('close', () => {
      const ms = performance.now() - begin;
      const status = response.statusCode;
      const route = status === 404 ? 'unmatched' : path === '/' ? '/' : 'page';
      metrics.requestDuration.observe({ method, route, status: String(status) }, ms / 1000);
      logger.info(
        { requestId, method, path, route, status, ms: Math.round(ms * 10) / 10 },
        'request',
      );
    });
  });
}
