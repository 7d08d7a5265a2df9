import type { Auth } from './auth.ts';

export interface TokenOptions {
  userId: string;
  issuer: string;
  /** Who may accept the token. */
  audience: string[];
  lifetimeSeconds: number;
}

/** Signs a token (EdDSA) that says who the user is, for other services to verify by our JWKS. */
export async function mintToken(
  auth: Auth,
  { userId, issuer, audience, lifetimeSeconds }: TokenOptions,
): Promise<{ token: string; expiresAt: Date }> {
  const iat = Math.floor(Date.now() / 1000);
  const exp = iat + lifetimeSeconds;
  const { token } = await auth.api.signJWT({
    body: { payload: { sub: userId, iss: issuer, aud: audience, iat, exp } },
  });
  return { token, expiresAt: new Date(exp * 1000) };
}
