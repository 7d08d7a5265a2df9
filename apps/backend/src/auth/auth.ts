import { schema, type Db } from '@todo/database';
import type { Logger } from '@todo/service';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { betterAuth } from 'better-auth/minimal';
import { jwt } from 'better-auth/plugins/jwt';

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

/** A burst of people behind one address passes; guessing passwords is held to two a second. */
const CREDENTIALS_LIMIT = { window: 10, max: 20 };

/**
 * better-auth with passwords, sessions in the database (any replica may answer) and signing keys
 * for tokens. CSRF protection and the choice of Secure cookies are made around it, for each
 * request's public address (see routes.ts).
 */
export function createAuth({ db, secret, issuer, trustedOrigins, logger }: AuthOptions): Auth {
  return betterAuth({
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
      storage: 'database',
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
}
