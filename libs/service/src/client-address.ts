import { BlockList, isIP } from 'node:net';

/** Whether an address is one of our own proxies, whose x-forwarded-for is true. */
export type IsTrusted = (address: string) => boolean;

/** Loopback, link-local and private networks: whoever may reach a Service inside a cluster. */
export const PRIVATE_NETWORKS =
  '10.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16, ::1, fc00::/7, fe80::/10';

/**
 * Reads a list of addresses and networks.
 * @param list such as `10.0.0.0/8, ::1`; empty for none
 * @throws RangeError naming the first entry that is neither an address nor a network
 */
export function trustNetworks(list: string): IsTrusted {
  const networks = new BlockList();
  for (const entry of list.split(',').flatMap((part) => part.trim() || [])) {
    const [address = '', bits, ...more] = entry.split('/');
    const family = familyOf(address);
    const most = family === 'ipv6' ? 128 : 32;
    const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
    if (isIP(address) === 0 || more.length > 0 || !(prefix <= most))
      throw new RangeError(`${entry} is neither an IP address nor a network such as 10.0.0.0/8`);
    networks.addSubnet(address, prefix, family);
  }
  return (address) => networks.check(address, familyOf(address));
}

/**
 * The address that a request came from, for rate limits. Each proxy appends to x-forwarded-for whom
 * it saw, so the chain is believed from its end, as far as the trusted proxies reach.
 * @param peer address of the connection
 * @param forwardedFor the x-forwarded-for header
 * @returns the first address before our own proxies, or the first of all when there is no other
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | null | undefined,
  isTrusted: IsTrusted,
): string | undefined {
  const chain = [...(forwardedFor ?? '').split(','), peer ?? '']
    .map(plain)
    .filter((address) => isIP(address) !== 0);
  return chain.findLast((address) => !isTrusted(address)) ?? chain[0];
}

/** Without a zone and without the notation of IPv4 addresses in IPv6. */
function plain(address: string): string {
  return address
    .trim()
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/%.*$/, '');
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
