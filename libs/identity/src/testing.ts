import { exportJWK, generateKeyPair, SignJWT, type JSONWebKeySet } from 'jose';

export interface TestClaims {
  userId: string;
  audience: string | string[];
  /** The issuer's own name by default. */
  issuer?: string;
  /** Seconds from now; negative for a token that has expired. 60 by default. */
  lifetime?: number;
}

export interface TestIssuer {
  issuer: string;
  /** Public keys, for `createTokenVerifier({ jwks })` or to be served. */
  jwks: JSONWebKeySet;
  mint(claims: TestClaims): Promise<string>;
}

/** Mints real EdDSA tokens with a key of its own, for tests that need no backend. */
export async function createTestIssuer(issuer = 'todo-backend'): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const kid = crypto.randomUUID();
  return {
    issuer,
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' }] },
    mint({ userId, audience, issuer: claimed = issuer, lifetime = 60 }) {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT()
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setSubject(userId)
        .setIssuer(claimed)
        .setAudience(audience)
        .setIssuedAt(Math.min(now, now + lifetime))
        .setExpirationTime(now + lifetime)
        .sign(privateKey);
    },
  };
}
