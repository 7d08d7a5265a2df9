import { HttpProblem } from '@todo/service';
import { createMiddleware } from 'hono/factory';

/** Where the browser believes the backend to be: what its address bar shows. */
export interface PublicUrl {
  protocol: 'http' | 'https';
  /** With the port, unless it is the protocol's own. */
  host: string;
}

/**
 * Reads the public address from what the proxies before us say (x-forwarded-host and -proto), else
 * from the request itself. Browsers do not let a foreign page set any of these headers.
 */
export function publicUrlOf(request: Request): PublicUrl {
  const { headers } = request;
  return {
    protocol: first(headers.get('x-forwarded-proto')) === 'https' ? 'https' : 'http',
    host:
      first(headers.get('x-forwarded-host')) ?? headers.get('host') ?? new URL(request.url).host,
  };
}

/**
 * Refuses requests that a page of another origin sent: cookies alone do not tell whose page acted.
 * Programs send no Origin and pass.
 * @param trusted origins that are welcome besides the public address itself
 */
export function refuseForeignOrigins(trusted: string[]) {
  return createMiddleware(async (c, next) => {
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    const unsafe = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method);
    const foreign =
      origin === undefined
        ? unsafe && (site === 'cross-site' || site === 'same-site')
        : !isOwn(origin, publicUrlOf(c.req.raw).host) && !trusted.includes(origin);
    if (foreign)
      throw new HttpProblem(
        403,
        'foreign_origin',
        'Requests from this origin are refused.',
        'Open the app at its own address, or add the origin to TRUSTED_ORIGINS.',
      );
    await next();
  });
}

function isOwn(origin: string, host: string): boolean {
  try {
    const { protocol, host: originHost } = new URL(origin);
    // Parsed, so that `:443` and `:80` count as not given.
    return originHost !== '' && new URL(`${protocol}//${host}`).host === originHost;
  } catch {
    return false;
  }
}

function first(list: string | null): string | undefined {
  return list?.split(',')[0]?.trim() || undefined;
}
