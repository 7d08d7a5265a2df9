import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

const app = new Hono().get('/', (c) => c.json(clientAddress(c) ?? null));

const from = async (forwarded?: string, remoteAddress?: string) => {
  const headers: Record<string, string> = forwarded ? { 'x-forwarded-for': forwarded } : {};
  const env = remoteAddress ? { incoming: { socket: { remoteAddress } } } : undefined;
  return (await app.request('/', { headers }, env)).json();
};

test.each([
  ['what the only proxy saw', '198.51.100.7', '198.51.100.7'],
  ['not what the client wrote in front', '1.2.3.4, 198.51.100.7', '198.51.100.7'],
  ['not our own proxies', '198.51.100.7, 10.244.0.9, ::1', '198.51.100.7'],
  ['IPv6', '2001:db8::7, fd00::1', '2001:db8::7'],
  ['IPv4 written as IPv6', '::ffff:198.51.100.7', '198.51.100.7'],
  ['the first one in a private network', '192.168.1.5, 10.244.0.9', '192.168.1.5'],
  ['nothing that is no address', 'nonsense, <script>', null],
])('the address is %s', async (_, forwarded, address) => {
  expect(await from(forwarded)).toBe(address);
});

test('without a proxy the address is the socket’s', async () => {
  expect(await from(undefined, '::ffff:198.51.100.7')).toBe('198.51.100.7');
  expect(await from()).toBe(null);
});

test('who connects from outside cannot claim another address', async () => {
  expect(await from('1.2.3.4', '198.51.100.7')).toBe('198.51.100.7');
  expect(await from('1.2.3.4', '10.244.0.9')).toBe('1.2.3.4');
});
