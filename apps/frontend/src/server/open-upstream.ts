import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as pause } from 'node:timers/promises';

export interface UpstreamRequest {
  target: URL;
  method: string;
  headers: OutgoingHttpHeaders;
  body: ReadableStream<Uint8Array> | null;
  /** Ends the upstream request, also while its response streams. */
  signal: AbortSignal;
}

/** How long to wait before each further attempt, in milliseconds, when nobody listens. */
const RETRY_AFTER_MS = [50, 200];

/**
 * Sends a request and resolves with the response as soon as its headers are there.
 * A refused connection is tried again, because nothing has been sent then; nothing else is.
 * Every request gets a connection of its own: a Service spreads connections over its pods, and a
 * pod that shuts down cannot close an idle connection at the moment it is used.
 * @throws the socket's error when the upstream does not answer, or an AbortError
 */
export async function openUpstream(request: UpstreamRequest): Promise<IncomingMessage> {
  for (const wait of RETRY_AFTER_MS) {
    try {
      return await attempt(request);
    } catch (error) {
      if (!isRefused(error)) throw error;
      await pause(wait, undefined, { signal: request.signal });
    }
  }
  return attempt(request);
}

function attempt({ target, method, headers, body, signal }: UpstreamRequest) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(target, { method, headers, signal, agent: false });
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
    if (!body) {
      outgoing.end();
      return;
    }
    // The body is touched only once there is a connection, so that a refused one can be retried.
    outgoing.once('socket', (socket) => {
      socket.once('connect', () => {
        // An upstream may answer (413, say) and hang up before the body ends: the answer counts.
        pipeline(Readable.fromWeb(body), outgoing).catch(reject);
      });
    });
  });
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
}
