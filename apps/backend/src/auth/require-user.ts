import { HttpProblem } from '@todo/service';
import { createMiddleware } from 'hono/factory';
import type { BackendEnv } from '../backend-env.ts';
import type { Auth } from './auth.ts';

/** Answers 401 unless the request's cookie names a live session; sets `c.var.user`. */
export function requireUser(auth: Auth) {
  return createMiddleware<BackendEnv>(async (c, next) => {
    const session = await auth.api.getSession({
      headers: c.req.raw.headers,
      // Reading tasks does not prolong a session; only better-auth's own route hands out cookies.
      query: { disableRefresh: true },
    });
    if (!session)
      throw new HttpProblem(
        401,
        'not_signed_in',
        'You are not signed in.',
        'Sign in, and send the session cookie along.',
      );
    const { id, name, email } = session.user;
    c.set('user', { id, name, email });
    await next();
  });
}
