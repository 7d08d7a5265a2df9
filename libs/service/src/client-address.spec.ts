import { describe, expect, it, test } from 'vitest';
import { clientAddress, PRIVATE_NETWORKS, trustNetworks } from './client-address.ts';

describe('the address of a client', () => {
  test.each([
    ['is the connection’s, whatever it claims', '', '198.51.100.7', '1.2.3.4', '198.51.100.7'],
    ['is what a trusted proxy saw', '10.0.0.0/8', '10.1.2.3', '198.51.100.7', '198.51.100.7'],
    [
      'is not what the client wrote in front of it',
      '10.0.0.0/8',
      '10.1.2.3',
      '1.2.3.4, 198.51.100.7',
      '198.51.100.7',
    ],
    [
      'is found behind two of our proxies',
      '10.0.0.0/8, fd00::/8',
      'fd00::1',
      '198.51.100.7, 10.4.0.9',
      '198.51.100.7',
    ],
    ['is the first one when all are ours', '10.0.0.0/8', '10.1.2.3', '10.4.0.9', '10.4.0.9'],
    [
      'is read in any notation',
      '10.0.0.0/8',
      '::ffff:10.1.2.3',
      '::ffff:198.51.100.7',
      '198.51.100.7',
    ],
    ['skips what is no address', '10.0.0.0/8', '10.1.2.3', 'unknown, <script>', '10.1.2.3'],
  ])('%s', (_, trusted, peer, forwarded, address) => {
    expect(clientAddress(peer, forwarded, trustNetworks(trusted))).toBe(address);
  });

  it('is unknown without a connection and a proxy', () => {
    expect(clientAddress(undefined, null, trustNetworks(''))).toBeUndefined();
  });
});

describe('a list of networks', () => {
  it('holds addresses and networks of both kinds', () => {
    const isPrivate = trustNetworks(PRIVATE_NETWORKS);
    for (const address of [
      '10.255.0.1',
      '127.0.0.1',
      '172.31.0.1',
      '192.168.49.1',
      '::1',
      'fd12::1',
    ])
      expect(isPrivate(address), address).toBe(true);
    for (const address of ['11.0.0.1', '172.32.0.1', '8.8.8.8', '2001:db8::1'])
      expect(isPrivate(address), address).toBe(false);
  });

  it.each(['nonsense', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::/129'])(
    'may not hold %s',
    (entry) => {
      expect(() => trustNetworks(`127.0.0.1, ${entry}`)).toThrow(entry);
    },
  );
});
