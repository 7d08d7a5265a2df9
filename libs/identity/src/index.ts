export { requireBearer, type BearerEnv } from './require-bearer.ts';
export {
  createTokenVerifier,
  InvalidTokenError,
  KeysUnavailableError,
  type TokenFault,
  type TokenVerifier,
  type TokenVerifierOptions,
  type VerifiedToken,
} from './token-verifier.ts';
