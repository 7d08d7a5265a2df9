import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { problemResponse } from '../router.ts';

const user = z.object({ id: z.string(), name: z.string(), email: z.email() });
const session = z.object({ expiresAt: z.iso.datetime() });
const credentials = { email: z.email(), password: z.string().min(8).max(128) };
const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const cookie = 'Sets the session cookie.';

/** Describes better-auth's routes that the app uses; there are more under the same path. */
export function describeAuthRoutes(registry: OpenAPIHono['openAPIRegistry']): void {
  const tags = ['auth'];
  registry.registerPath({
    method: 'post',
    path: '/api/auth/sign-up/email',
    tags,
    summary: 'Sign up with an e-mail address and a password.',
    request: { body: { required: true, ...json(z.object({ name: z.string(), ...credentials })) } },
    responses: {
      200: { description: cookie, ...json(z.object({ user })) },
      400: problemResponse('The password is too short or the input is incomplete.'),
      422: problemResponse('The address is taken.'),
      429: problemResponse('Too many attempts.'),
    },
  });
  registry.registerPath({
    method: 'post',
    path: '/api/auth/sign-in/email',
    tags,
    summary: 'Sign in.',
    request: { body: { required: true, ...json(z.object(credentials)) } },
    responses: {
      200: { description: cookie, ...json(z.object({ user })) },
      401: problemResponse('The address or the password is wrong.'),
      429: problemResponse('Too many attempts.'),
    },
  });
  registry.registerPath({
    method: 'post',
    path: '/api/auth/sign-out',
    tags,
    summary: 'Sign out.',
    responses: { 200: { description: 'The session is over.', ...json(z.object({})) } },
  });
  registry.registerPath({
    method: 'get',
    path: '/api/auth/get-session',
    tags,
    summary: 'Who is signed in.',
    responses: {
      200: {
        description: 'null when nobody is.',
        ...json(z.object({ session, user }).nullable()),
      },
    },
  });
  registry.registerPath({
    method: 'get',
    path: '/api/auth/jwks',
    tags,
    summary: 'Public keys that verify the tokens minted here.',
    responses: {
      200: {
        description: 'A JSON Web Key Set.',
        ...json(z.object({ keys: z.array(z.looseObject({ kid: z.string() })) })),
      },
    },
  });
}
