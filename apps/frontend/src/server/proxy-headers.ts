import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';

/** Headers that belong to one connection and must not travel on (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** `expect` was answered by this server; `accept-encoding` is for this server's own compression. */
const NOT_FORWARDED = [...HOP_BY_HOP, 'host', 'expect', 'accept-encoding'];

/**
 * What the backend sees: the browser's headers, and the address the browser used
 * (`x-forwarded-host`, `x-forwarded-proto`), which the backend needs to judge an Origin.
 */
export function requestHeaders(request: Request): OutgoingHttpHeaders {
  const dropped = new Set([
    ...NOT_FORWARDED,
    ...namedByConnection(request.headers.get('connection')),
  ]);
  const headers: OutgoingHttpHeaders = {};
  request.headers.forEach((value, name) => {
    if (!dropped.has(name) && !name.startsWith('x-middleware-')) headers[name] = value;
  });
  const url = new URL(request.url);
  headers['x-forwarded-host'] ??= request.headers.get('host') ?? url.host;
  headers['x-forwarded-proto'] ??= url.protocol.slice(0, -1);
  return headers;
}

/** What the browser sees: the backend's headers, each Set-Cookie kept apart. */
export function responseHeaders(upstream: IncomingMessage): Headers {
  const dropped = new Set([...HOP_BY_HOP, ...namedByConnection(upstream.headers.connection)]);
  const headers = new Headers();
  for (let at = 0; at < upstream.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = upstream.rawHeaders.slice(at, at + 2);
    if (!dropped.has(name.toLowerCase())) headers.append(name, value);
  }
  if (headers.get('content-type')?.startsWith('text/event-stream')) {
    // Compression, here or further out, would hold events back.
    headers.set('cache-control', 'no-cache, no-transform');
    headers.set('x-accel-buffering', 'no');
  }
  return headers;
}

function namedByConnection(connection: string | null | undefined): string[] {
  return (connection ?? '').split(',').map((name) => name.trim().toLowerCase());
}
