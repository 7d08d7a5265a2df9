import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** A person has given up by then. */
const ANSWER_MS = 10_000;

export interface Answer {
  status: number;
  body: string;
}

export interface KeptConnections {
  /**
   * Sends a GET request once: nothing is tried again.
   * @param expected what is wrong with an answer, or undefined
   * @returns why it failed, or undefined
   */
  get: (
    url: URL,
    headers: Record<string, string>,
    expected: (answer: Answer) => string | undefined,
  ) => Promise<string | undefined>;
  close: () => void;
}

/**
 * Connections that stay open from one request to the next, as a browser's or a proxy's do: those
 * are what a pod that ends may cut.
 */
export function keepConnections(): KeptConnections {
  // The connection that has rested longest is next, so that all of them stay in use.
  const agent = new Agent({ keepAlive: true, scheduling: 'fifo', maxSockets: 64 });
  return {
    close: () => agent.destroy(),
    async get(url, headers, expected) {
      const deadline = new AbortController();
      try {
        const late = pause(ANSWER_MS, `no answer in ${ANSWER_MS / 1000} s`, {
          signal: deadline.signal,
        }).catch(() => undefined);
        return await Promise.race([late, exchange(url, headers, agent, expected, deadline.signal)]);
      } finally {
        deadline.abort();
      }
    },
  };
}

function exchange(
  url: URL,
  headers: Record<string, string>,
  agent: Agent,
  expected: (answer: Answer) => string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const outgoing = request(url, { agent, headers, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error) => resolve(causeOf(error, 'within the answer')));
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        resolve(expected({ status: response.statusCode ?? 0, body }));
      });
    });
    outgoing.on('error', (error) => {
      resolve(
        causeOf(error, outgoing.reusedSocket ? 'on a kept connection' : 'on a new connection'),
      );
    });
    outgoing.end();
  });
}

function causeOf(error: NodeJS.ErrnoException, where: string): string {
  return `${error.code ?? error.message} ${where}`;
}
