import { createLogger, createMetrics, createService } from '@todo/service';
import { describe, expect, it } from 'vitest';
import { requireBearer } from './require-bearer.ts';
import { createTestIssuer } from './testing.ts';
import { createTokenVerifier } from './token-verifier.ts';

const issuer = await createTestIssuer();

function appWith(verify: ReturnType<typeof createTokenVerifier>) {
  const app = createService({
    name: 'test',
    logger: createLogger({ service: 'test', destination: { write: () => undefined } }),
    metrics: createMetrics('test'),
  });
  app.get('/me', requireBearer(verify), (c) => c.text(c.var.identity.userId));
  return app;
}

const app = appWith(
  createTokenVerifier({ jwks: issuer.jwks, issuer: issuer.issuer, audience: 'todo-mcp' }),
);
const get = (authorization?: string) =>
  app.request('/me', { headers: authorization ? { authorization } : {} });

describe('a route behind a bearer token', () => {
  it('knows the caller', async () => {
    const token = await issuer.mint({ userId: 'ann', audience: 'todo-mcp' });
    const response = await get(`Bearer ${token}`);
    expect([response.status, await response.text()]).toEqual([200, 'ann']);
  });

  it('answers 401 without a token', async () => {
    for (const header of [undefined, 'Basic YTpi', 'Bearer ']) {
      const response = await get(header);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await response.json()).toMatchObject({ code: 'token_missing' });
    }
  });

  it('says what is wrong with a token', async () => {
    const token = await issuer.mint({ userId: 'ann', audience: 'todo-mcp', lifetime: -60 });
    const response = await get(`Bearer ${token}`);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(await response.json()).toMatchObject({ code: 'token_expired' });
  });

  it("answers 503, not 401, while the issuer's keys cannot be read", async () => {
    const deaf = appWith(
      createTokenVerifier({
        jwksUrl: 'http://127.0.0.1:1/jwks',
        issuer: issuer.issuer,
        audience: 'todo-mcp',
      }),
    );
    const token = await issuer.mint({ userId: 'ann', audience: 'todo-mcp' });
    const response = await deaf.request('/me', { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'keys_unavailable' });
  });
});
