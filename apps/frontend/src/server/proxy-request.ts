import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { Problem } from '@todo/contracts';
import { openUpstream } from './open-upstream.ts';
import { requestHeaders, responseHeaders } from './proxy-headers.ts';

export interface ProxyOptions {
  /** Base URL of the backend, e.g. `http://backend-service:8000`. */
  backendUrl: string;
  /** Under which the backend logs the request too. */
  requestId?: string;
  /** Told when the backend gave no answer. */
  onUnreachable?: (error: unknown) => void;
}

/** nginx's status for "the client left": nobody reads it, but metrics and logs show it. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * Passes a request on to the same path of the backend and its answer back, both as streams.
 * Ends the backend's request when the browser leaves.
 * @returns the backend's response, or a 502 problem when the backend gives none
 */
export async function proxyRequest(request: Request, options: ProxyOptions): Promise<Response> {
  try {
    const upstream = await openUpstream({
      target: targetOf(request.url, options.backendUrl),
      method: request.method,
      headers: {
        ...requestHeaders(request),
        ...(options.requestId && { 'x-request-id': options.requestId }),
      },
      body: request.body as NodeReadableStream<Uint8Array> | null,
      signal: request.signal,
    });
    return new Response(bodyOf(request, upstream), {
      status: upstream.statusCode,
      headers: responseHeaders(upstream),
    });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: CLIENT_CLOSED_REQUEST });
    options.onUnreachable?.(error);
    return badGateway();
  }
}

function targetOf(requestUrl: string, backendUrl: string): URL {
  const { pathname, search } = new URL(requestUrl);
  const target = new URL(backendUrl);
  target.pathname = target.pathname.replace(/\/$/, '') + pathname;
  target.search = search;
  return target;
}

function bodyOf(request: Request, upstream: IncomingMessage): ReadableStream | null {
  const status = upstream.statusCode ?? 0;
  if (request.method === 'HEAD' || status === 204 || status === 205 || status === 304) {
    upstream.resume();
    return null;
  }
  return Readable.toWeb(upstream) as ReadableStream;
}

function badGateway(): Response {
  const problem: Problem = {
    type: 'about:blank',
    title: 'Bad gateway',
    status: 502,
    code: 'backend_unreachable',
    detail: 'The backend does not answer. Try again in a moment.',
  };
  return Response.json(problem, {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json' },
  });
}
