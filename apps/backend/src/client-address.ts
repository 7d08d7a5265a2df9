import { clientAddress as addressOf, PRIVATE_NETWORKS, trustNetworks } from '@todo/service';
import type { Context } from 'hono';

/** The frontend and the ingress controller, which alone may connect; both tell one true address. */
const isProxy = trustNetworks(PRIVATE_NETWORKS);

/**
 * The address that a request came from, for rate limits: what our own proxies saw.
 * @returns undefined when neither a proxy nor the socket tells
 */
export function clientAddress(c: Context): string | undefined {
  return addressOf(socketAddress(c), c.req.header('x-forwarded-for'), isProxy);
}

/** What @hono/node-server passes along as the environment; absent for injected requests. */
function socketAddress(c: Context): string | undefined {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress;
}
