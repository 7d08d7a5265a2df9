import { BlockList, isIP } from 'node:net';
import type { Context } from 'hono';

const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8, 'ipv4');
PRIVATE.addSubnet('127.0.0.0', 8, 'ipv4');
PRIVATE.addSubnet('169.254.0.0', 16, 'ipv4');
PRIVATE.addSubnet('172.16.0.0', 12, 'ipv4');
PRIVATE.addSubnet('192.168.0.0', 16, 'ipv4');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');
PRIVATE.addAddress('::1', 'ipv6');

/**
 * The address that a request came from, for rate limits. Proxies append to x-forwarded-for, so its
 * last public address is the one that a client cannot forge; in a private network it is the first.
 * @returns undefined when neither a proxy nor the socket tells
 */
export function clientAddress(c: Context): string | undefined {
  const chain = (c.req.header('x-forwarded-for') ?? '')
    .split(',')
    .map((address) => address.trim().replace(/^::ffff:/i, ''))
    .filter((address) => isIP(address) !== 0);
  return chain.findLast((address) => !isPrivate(address)) ?? chain[0] ?? socketAddress(c);
}

function isPrivate(address: string): boolean {
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** What @hono/node-server passes along as the environment; absent for injected requests. */
function socketAddress(c: Context): string | undefined {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress?.replace(/^::ffff:/i, '');
}
