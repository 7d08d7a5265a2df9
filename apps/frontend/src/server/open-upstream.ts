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
  /** How long one attempt waits for a connection: 1,000 milliseconds when not given. */
  connectMs?: number;
}

/** A pod in the same cluster accepts a connection within this many milliseconds, or never. */
const CONNECT_MS = 1_000;
/** How long to wait before each further attempt, in milliseconds. */
const RETRY_AFTER_MS = [50, 200, 500];

/** An attempt that failed before there was a connection: nothing has been sent. */
class NotConnected extends Error {}

/**
 * Sends a request and resolves with the response as soon as its headers are there.
 * Without a connection it tries again, because nothing has been sent then, and a Service may have
 * named a pod that has just gone; nothing else is tried again.
 * Every request gets a connection of its own: a Service spreads connections over its pods, and a
 * pod that shuts down cannot close an idle connection at the moment it is used.
 * @throws the socket's error when the upstream does not answer, or an AbortError
 */
export async function openUpstream(request: UpstreamRequest): Promise<IncomingMessage> {
  for (const wait of RETRY_AFTER_MS) {
    try {
      return await attempt(request);
    } catch (error) {
      if (!(error instanceof NotConnected)) throw error;
      await pause(wait, undefined, { signal: request.signal });
    }
  }
  return attempt(request).catch((error: unknown) => {
    throw error instanceof NotConnected ? error.cause : error;
  });
}

function attempt(request: UpstreamRequest) {
  const { target, method, headers, body, signal, connectMs = CONNECT_MS } = request;
  return new Promise<IncomingMessage>((resolve, reject) => {
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(target, { method, headers, signal, agent: false });
    let connected = false;
    const deadline = setTimeout(() => {
      outgoing.destroy(new Error(`no connection to ${target.host} in ${connectMs} ms`));
    }, connectMs);
    outgoing.once('response', resolve);
    outgoing.on('error', (error) => {
      clearTimeout(deadline);
      reject(connected || signal.aborted ? error : new NotConnected('', { cause: error }));
    });
    outgoing.once('socket', (socket) => {
      socket.once('connect', () => {
        connected = true;
        clearTimeout(deadline);
        // The body is touched only once there is a connection, so that it is still whole for another
        // attempt. An upstream may answer (413, say) and hang up before it ends: the answer counts.
        if (body) pipeline(Readable.fromWeb(body), outgoing).catch(reject);
      });
    });
    if (!body) outgoing.end();
  });
}
