import { schema, type Db } from '@todo/database';
import type { Logger } from '@todo/service';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { betterAuth } from 'better-auth/minimal';
import { jwt } from 'better-auth/plugins/jwt';
import { throwOutage } from '../outage.ts';
import { rateLimitStorage } from './rate-limit-storage.ts';

/** Header in which our routes tell better-auth the client's address; never taken from outside. */
export const CLIENT_ADDRESS_HEADER = 'x-todo-client-address';

export interface AuthOptions {
  db: Db;
  /** At least 32 characters; signs cookies and encrypts the signing keys. */
  secret: string;
  /** Issuer of the tokens. */
  issuer: string;
  trustedOrigins: string[];
  logger: Logger;
}

/** What the backend uses of better-auth. */
export interface Auth {
  /** Answers a request to /api/auth/*. */
  handler(request: Request): Promise<Response>;
  api: {
    /** The live session that the headers' cookie names. */
    getSession(options: {
      headers: Headers;
      query?: { disableRefresh: boolean };
    }): Promise<{ user: { id: string; name: string; email: string } } | null>;
    /** Signs claims with the newest key; makes the first key when there is none. */
    signJWT(options: { body: { payload: Record<string, unknown> } }): Promise<{ token: string }>;
  };
}

/**
 * Tries of an address in so many seconds: who signs in once every few seconds is never refused, and
 * neither is a burst of people behind one address, but of 100 guesses in a minute 40 are.
 */
export const CREDENTIALS_LIMIT = { window: 20, max: 20 };

/**
 * better-auth with passwords, sessions in the database (any replica may answer) and signing keys
 * for tokens. CSRF protection and the choice of Secure cookies are made around it, for each
 * request's public address (see routes.ts).
 */
export function createAuth({ db, secret, issuer, trustedOrigins, logger }: AuthOptions): Auth {
  const auth = betterAuth({
    appName: 'Todo Chatbot',
    // Only shapes links in e-mails, and none are sent.
    baseURL: 'http://localhost',
    basePath: '/api/auth',
    secret,
    database: drizzleAdapter(db, { provider: 'pg', schema }),
    emailAndPassword: { enabled: true },
    plugins: [jwt({ disableSettingJwtHeader: true, jwt: { issuer, audience: issuer } })],
    // Tokens are minted for a purpose (mint-token.ts), never for whoever asks.
    disabledPaths: ['/token'],
    trustedOrigins: (request) => [
      ...(request ? [new URL(request.url).origin] : []),
      ...trustedOrigins,
    ],
    rateLimit: {
      enabled: true,
      customStorage: rateLimitStorage(db),
      window: 10,
      max: 200,
      customRules: {
        '/sign-in/*': CREDENTIALS_LIMIT,
        '/sign-up/*': CREDENTIALS_LIMIT,
        '/change-password': CREDENTIALS_LIMIT,
        '/get-session': false,
        '/jwks': false,
      },
    },
    advanced: {
      useSecureCookies: false,
      // Our own check covers all routes, with or without cookies; better-auth's knows one address.
      disableCSRFCheck: true,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    telemetry: { enabled: false },
    // Defects are the service's to log and to answer; refusals become responses all the same.
    onAPIError: { throw: true },
    logger: {
      level: 'warn',
      disableColors: true,
      log: (level, message, ...details) => {
        const err = details.find((detail) => detail instanceof Error);
        logger[level]({ component: 'auth', ...(err && { err }) }, message);
      },
    },
  });
  return {
    async handler(request) {
      const response = await auth.handler(request);
      if (response.status >= 500) await throwOutage(db);
      return response;
    },
    api: {
      async getSession(options) {
        try {
          return await auth.api.getSession(options);
        } catch (error) {
          await throwOutage(db);
          throw error;
        }
      },
      signJWT: (options) => auth.api.signJWT(options),
    },
  };
}
