import { HttpProblem } from '@todo/service';
import type { Context } from 'hono';
import { clientAddress } from '../client-address.ts';
import { publicUrlOf } from '../public-origin.ts';
import { createRouter } from '../router.ts';
import { CLIENT_ADDRESS_HEADER, type Auth } from './auth.ts';
import { describeAuthRoutes } from './describe-routes.ts';

/** better-auth's own routes, as the browser sees them: at its address, with its kind of cookies. */
export function authRoutes(auth: Auth) {
  const router = createRouter();
  describeAuthRoutes(router.openAPIRegistry);
  router.on(['GET', 'POST'], '/api/auth/*', async (c) => {
    const { protocol } = publicUrlOf(c.req.raw);
    const response = await auth.handler(await requestFor(c));
    const headers = new Headers(response.headers);
    if (protocol === 'https') secureCookies(headers);
    if (!response.ok && response.status >= 400) return asProblem(response, headers);
    return new Response(response.body, { status: response.status, headers });
  });
  return router;
}

/** The same request at its public address; better-auth derives the trusted origin from that. */
async function requestFor(c: Context): Promise<Request> {
  const { protocol, host } = publicUrlOf(c.req.raw);
  const { pathname, search } = new URL(c.req.url);
  const address = `${protocol}://${host}${pathname}${search}`;
  // A host may not bring a path of its own, nor another user's name.
  const url = URL.parse(address);
  if (!url || url.pathname !== pathname || url.search !== search || url.username !== '')
    throw new HttpProblem(400, 'invalid_host', 'The request is not valid.', 'Its host is no host.');
  const headers = new Headers(c.req.raw.headers);
  headers.delete(CLIENT_ADDRESS_HEADER);
  const client = clientAddress(c);
  if (client) headers.set(CLIENT_ADDRESS_HEADER, client);
  const body = c.req.method === 'POST' ? await validBody(c) : '';
  // better-auth takes an empty body for malformed JSON; to sign out there is nothing to say.
  if (body === '') headers.delete('content-type');
  return new Request(address, { method: c.req.method, headers, body: body || null });
}

async function validBody(c: Context): Promise<string> {
  const body = await c.req.text();
  if (!c.req.header('content-type')?.includes('json') || body === '') return body;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new HttpProblem(
      400,
      'malformed_json',
      'The request is not valid.',
      'The body is not JSON.',
    );
  }
  // PostgreSQL's text has no place for it.
  if (JSON.stringify(value).includes('\\u0000'))
    throw new HttpProblem(400, 'invalid_request', 'The request is not valid.', 'NUL in a text.');
  return body;
}

/** Marks all cookies as Secure; over plain HTTP a browser would drop them. */
function secureCookies(headers: Headers): void {
  const cookies = headers.getSetCookie();
  headers.delete('set-cookie');
  for (const cookie of cookies) headers.append('set-cookie', `${cookie}; Secure`);
}

/** Problem details that keep better-auth's `code` and `message`, which its client reads. */
async function asProblem(response: Response, headers: Headers): Promise<Response> {
  const { status } = response;
  const text = await response.text();
  const { code, message } = status < 500 ? parse(text) : {};
  const title = message ?? (status < 500 ? 'The request was refused.' : 'Something went wrong.');
  headers.delete('content-length');
  headers.set('content-type', 'application/problem+json');
  const retryAfter = headers.get('x-retry-after');
  if (retryAfter) headers.set('retry-after', retryAfter);
  const body = {
    type: 'about:blank',
    title,
    status,
    code: code ?? fallbackCode(status),
    message: title,
  };
  return new Response(JSON.stringify(body), { status, headers });
}

function parse(text: string): { code?: string; message?: string } {
  try {
    const { code, message } = JSON.parse(text);
    return {
      ...(typeof code === 'string' && { code }),
      ...(typeof message === 'string' && { message }),
    };
  } catch {
    return {};
  }
}

function fallbackCode(status: number): string {
  if (status === 404) return 'NOT_FOUND';
  if (status === 429) return 'TOO_MANY_REQUESTS';
  return status < 500 ? 'REFUSED' : 'INTERNAL';
}
