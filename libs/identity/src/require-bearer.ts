import { HttpProblem } from '@todo/service';
import { createMiddleware } from 'hono/factory';
import {
  InvalidTokenError,
  KeysUnavailableError,
  type TokenVerifier,
  type VerifiedToken,
} from './token-verifier.ts';

/** What a handler behind `requireBearer` finds in `c.var`. */
export interface BearerEnv {
  Variables: { identity: VerifiedToken };
}

/**
 * Lets only requests with a valid `Authorization: Bearer` token through; the handler finds the
 * caller in `c.var.identity`. Others get a 401 problem that says what is wrong with the token, or
 * a 503 problem while the issuer's keys cannot be read.
 */
export function requireBearer(verify: TokenVerifier) {
  return createMiddleware<BearerEnv>(async (c, next) => {
    const token = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (!token)
      throw new HttpProblem(
        401,
        'token_missing',
        'A token is needed.',
        'Send it as "Authorization: Bearer <token>".',
        { headers: { 'www-authenticate': 'Bearer' } },
      );
    c.set('identity', await identify(verify, token));
    await next();
  });
}

async function identify(verify: TokenVerifier, token: string): Promise<VerifiedToken> {
  try {
    return await verify(token);
  } catch (error) {
    if (error instanceof InvalidTokenError)
      throw new HttpProblem(
        401,
        `token_${error.code}`,
        'The token is not accepted.',
        error.message,
        {
          headers: {
            'www-authenticate': `Bearer error="invalid_token", error_description="${error.message}"`,
          },
          cause: error,
        },
      );
    if (error instanceof KeysUnavailableError)
      throw new HttpProblem(
        503,
        'keys_unavailable',
        'Tokens cannot be checked now.',
        'The keys of the issuer cannot be read. Try again shortly.',
        { cause: error },
      );
    throw error;
  }
}
