import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestIssuer } from './testing.ts';
import { createTokenVerifier, InvalidTokenError, KeysUnavailableError } from './token-verifier.ts';

const issuer = await createTestIssuer();
const verify = createTokenVerifier({
  jwks: issuer.jwks,
  issuer: issuer.issuer,
  audience: 'todo-mcp',
});

const faultOf = (token: string) =>
  verify(token).then(
    () => 'accepted',
    (error: unknown) => (error instanceof InvalidTokenError ? error.code : error),
  );

describe('a token', () => {
  it('names its user and its end', async () => {
    const token = await issuer.mint({ userId: 'ann', audience: ['todo-agent', 'todo-mcp'] });
    const { userId, expiresAt, token: same } = await verify(token);
    expect(userId).toBe('ann');
    expect(expiresAt).toBeGreaterThan(Date.now() / 1000);
    expect(same).toBe(token);
  });

  it('is refused after its end', async () => {
    const token = await issuer.mint({ userId: 'ann', audience: 'todo-mcp', lifetime: -60 });
    expect(await faultOf(token)).toBe('expired');
  });

  it('is refused by a service that it was not meant for', async () => {
    const token = await issuer.mint({ userId: 'ann', audience: 'todo-agent' });
    expect(await faultOf(token)).toBe('audience');
  });

  it('is refused when it names another issuer', async () => {
    const token = await issuer.mint({ userId: 'ann', audience: 'todo-mcp', issuer: 'elsewhere' });
    expect(await faultOf(token)).toBe('issuer');
  });

  it('is refused when another key signed it', async () => {
    const forger = await createTestIssuer();
    const token = await forger.mint({ userId: 'ann', audience: 'todo-mcp' });
    expect(await faultOf(token)).toBe('signature');
  });

  it('is refused when its payload was changed after signing', async () => {
    const token = await issuer.mint({ userId: 'ann', audience: 'todo-mcp' });
    const [head, body = '', signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'bob' })).toString('base64url');
    expect(await faultOf(`${head}.${forged}.${signature}`)).toBe('signature');
  });

  it('is refused when it is signed with a shared secret or not at all', async () => {
    const claims = { sub: 'ann', aud: 'todo-mcp', iss: issuer.issuer, exp: Date.now() };
    const hmac = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(JSON.stringify(issuer.jwks.keys[0])));
    expect(await faultOf(hmac)).toBe('signature');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    expect(await faultOf(`${part({ alg: 'none' })}.${part(claims)}.`)).not.toBe('accepted');
  });

  it('is refused when it is no token', async () => {
    expect(await faultOf('abc')).toBe('malformed');
  });
});

describe('keys over HTTP', () => {
  let close: (() => void) | undefined;
  afterEach(() => close?.());

  it('are fetched when the first token comes', async () => {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(issuer.jwks));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    close = () => server.close();
    const { port } = server.address() as AddressInfo;
    const remote = createTokenVerifier({
      jwksUrl: `http://127.0.0.1:${port}/jwks`,
      issuer: issuer.issuer,
      audience: 'todo-mcp',
    });
    const token = await issuer.mint({ userId: 'ann', audience: 'todo-mcp' });
    expect((await remote(token)).userId).toBe('ann');
  });

  it('that cannot be read are not blamed on the token', async () => {
    const remote = createTokenVerifier({
      jwksUrl: 'http://127.0.0.1:1/jwks',
      issuer: issuer.issuer,
      audience: 'todo-mcp',
    });
    const token = await issuer.mint({ userId: 'ann', audience: 'todo-mcp' });
    await expect(remote(token)).rejects.toBeInstanceOf(KeysUnavailableError);
  });
});

it('refuses a token that names none of several keys, rather than blame the keys', async () => {
  const other = await createTestIssuer();
  const several = createTokenVerifier({
    jwks: { keys: [...issuer.jwks.keys, ...other.jwks.keys] },
    issuer: issuer.issuer,
    audience: 'todo-mcp',
  });
  const [, ...rest] = (await issuer.mint({ userId: 'ann', audience: 'todo-mcp' })).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'EdDSA' })).toString('base64url');
  await expect(several([header, ...rest].join('.'))).rejects.toMatchObject({ code: 'signature' });
});
