import { AGENT_AUDIENCE, MCP_AUDIENCE, tokenResponse } from '@todo/contracts';
import { schema } from '@todo/database';
import { createTokenVerifier } from '@todo/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { clientOf, ISSUER, startBackend, type TestBackend } from '../testing/backend.ts';

let backend: TestBackend;

beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend.stop());

async function verifier(audience: string, issuer = ISSUER) {
  const jwks = (await (await backend.app.request('/api/auth/jwks')).json()) as never;
  return createTokenVerifier({ jwks, issuer, audience });
}

test('a token is for the MCP server only, for this user, for 15 minutes', async () => {
  const ann = await backend.signUp('ann');
  const response = await ann.send('POST', '/api/tokens', { audience: MCP_AUDIENCE });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const { token, expiresAt } = tokenResponse.parse(await response.json());
  const verified = await (await verifier(MCP_AUDIENCE))(token);
  expect(verified.userId).toBe(ann.userId);
  expect(verified.expiresAt).toBe(Date.parse(expiresAt) / 1000);
  expect(verified.expiresAt - Date.now() / 1000).toBeLessThanOrEqual(15 * 60);
  await expect((await verifier(AGENT_AUDIENCE))(token)).rejects.toMatchObject({ code: 'audience' });
  await expect((await verifier(MCP_AUDIENCE, 'another'))(token)).rejects.toMatchObject({
    code: 'issuer',
  });
});

test('tokens for other audiences are not given', async () => {
  const ann = await backend.signUp('ann');
  for (const audience of [AGENT_AUDIENCE, '', ['todo-mcp', 'todo-agent']])
    expect((await ann.send('POST', '/api/tokens', { audience })).status).toBe(400);
});

test('a token is no session', async () => {
  const ann = await backend.signUp('ann');
  const { token } = tokenResponse.parse(
    await (await ann.send('POST', '/api/tokens', { audience: MCP_AUDIENCE })).json(),
  );
  const response = await backend
    .client()
    .fetch('/api/tasks', { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(401);
});

test('the public keys are public, the private ones are stored encrypted', async () => {
  const ann = await backend.signUp('ann');
  await ann.send('POST', '/api/tokens', { audience: MCP_AUDIENCE });
  const jwks = await (await backend.app.request('/api/auth/jwks')).json();
  expect(jwks).toMatchObject({ keys: [{ kty: 'OKP', crv: 'Ed25519' }] });
  expect(JSON.stringify(jwks)).not.toContain('"d"');
  const [key] = await backend.database.db.select().from(schema.jwks);
  expect(key?.privateKey).not.toContain('"d"');
});

test('replicas that start at once share one signing key', async () => {
  const replicas = Array.from({ length: 4 }, () => createApp(backend.replica()));
  await backend.database.db.delete(schema.jwks);
  const ready = await Promise.all(replicas.map((app) => app.request('/readyz')));
  expect(ready.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await backend.database.db.select().from(schema.jwks)).toHaveLength(1);
});

test('a changed AUTH_SECRET replaces the signing keys before the replica is ready', async () => {
  await backend.app.request('/readyz');
  const app = createApp({ ...backend.replica(), authSecret: 'b'.repeat(40) });
  expect((await app.request('/readyz')).status).toBe(200);
  const ann = clientOf(app, { 'x-forwarded-for': '198.51.100.7' });
  await ann.send('POST', '/api/auth/sign-up/email', {
    name: 'ann',
    email: 'ann@changed.example',
    password: 'correct horse battery',
  });
  expect((await ann.send('POST', '/api/tokens', { audience: MCP_AUDIENCE })).status).toBe(200);
});
