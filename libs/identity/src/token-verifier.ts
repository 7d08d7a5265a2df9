import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';

export interface VerifiedToken {
  /** Subject of the token: whose data the caller may touch. */
  userId: string;
  /** Seconds since 1970. */
  expiresAt: number;
  /** The token itself, to hand on to the next service. */
  token: string;
}

export type TokenVerifier = (bearer: string) => Promise<VerifiedToken>;

export type TokenFault = 'expired' | 'audience' | 'issuer' | 'signature' | 'malformed';

/** The token is not accepted; `code` says why, without repeating anything of the token. */
export class InvalidTokenError extends Error {
  override name = 'InvalidTokenError';
  readonly code: TokenFault;

  constructor(code: TokenFault, options?: ErrorOptions) {
    super(FAULTS[code], options);
    this.code = code;
  }
}

/** The issuer's keys cannot be read, so no token can be judged now. */
export class KeysUnavailableError extends Error {
  override name = 'KeysUnavailableError';
}

export type TokenVerifierOptions = {
  /** `iss` that a token must carry. */
  issuer: string;
  /** One of a token's `aud` must be this. */
  audience: string;
} & ({ jwksUrl: string; jwks?: never } | { jwks: JSONWebKeySet; jwksUrl?: never });

const FAULTS: Record<TokenFault, string> = {
  expired: 'The token has expired.',
  audience: 'The token is meant for another service.',
  issuer: 'The token comes from another issuer.',
  signature: "The token's signature does not match the issuer's keys.",
  malformed: 'This is not a token of this system.',
};

/** What better-auth's jwt plugin signs with; anything else, `none` and HMAC included, is refused. */
const ALGORITHMS = ['EdDSA', 'Ed25519'];
/** Clocks of two machines may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 5;

/**
 * A function that verifies a token's signature, issuer, audience and lifetime. Keys are fetched
 * when the first token comes, and again when a token names an unknown key.
 * @throws InvalidTokenError (from the function) when the token is not accepted
 * @throws KeysUnavailableError (from the function) when the issuer's keys cannot be read
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const keys: JWTVerifyGetKey =
    options.jwksUrl !== undefined
      ? createRemoteJWKSet(new URL(options.jwksUrl), {
          cooldownDuration: 1_000,
          timeoutDuration: 3_000,
        })
      : createLocalJWKSet(options.jwks);

  return async (bearer) => {
    try {
      const { payload } = await jwtVerify(bearer, keys, {
        algorithms: ALGORITHMS,
        audience: options.audience,
        issuer: options.issuer,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'sub'],
      });
      if (!payload.sub || payload.exp === undefined) throw new InvalidTokenError('malformed');
      return { userId: payload.sub, expiresAt: payload.exp, token: bearer };
    } catch (error) {
      throw judge(error);
    }
  };
}

function judge(error: unknown): Error {
  const options = { cause: error };
  if (error instanceof InvalidTokenError) return error;
  if (error instanceof errors.JWTExpired) return new InvalidTokenError('expired', options);
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return new InvalidTokenError('audience', options);
    if (error.claim === 'iss') return new InvalidTokenError('issuer', options);
    return new InvalidTokenError('malformed', options);
  }
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSEAlgNotAllowed
  )
    return new InvalidTokenError('signature', options);
  if (
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JOSENotSupported
  )
    return new InvalidTokenError('malformed', options);
  return new KeysUnavailableError("The issuer's keys cannot be read.", options);
}
