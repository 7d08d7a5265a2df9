/** A request that was not answered as it should have been. */
export interface Failure {
  /** Milliseconds after the load began. */
  at: number;
  /** Such as `GET /api/tasks`. */
  request: string;
  /** Why, such as `status 502 (…)` or `ECONNRESET on a kept connection`. */
  cause: string;
}

/** One kind of request in the mix. `send` tells what went wrong, or undefined, and never throws. */
export interface LoadRequest {
  name: string;
  send: () => Promise<string | undefined>;
}

export interface LoadReport {
  sent: number;
  failures: Failure[];
  /** How long the load ran, without waiting for the last answers. */
  durationMs: number;
  /** Milliseconds until the answer was complete, over all requests. */
  latencyMs: { median: number; p99: number; max: number };
}

export interface Load {
  /** Sends nothing more, waits for the answers that are out, and tells how it went. */
  stop: () => Promise<LoadReport>;
}

const TICK_MS = 5;

/**
 * Sends requests at a steady rate, in turn from the mix, whether or not earlier ones were answered:
 * a service that stalls meets as many people as one that does not.
 * @param rate requests per second
 */
export function startLoad(rate: number, mix: LoadRequest[]): Load {
  const began = performance.now();
  const failures: Failure[] = [];
  const latencies: number[] = [];
  const open = new Set<Promise<void>>();
  let sent = 0;

  const sendOne = async ({ name, send }: LoadRequest): Promise<void> => {
    const sentAt = performance.now();
    const cause = await send();
    latencies.push(performance.now() - sentAt);
    if (cause !== undefined)
      failures.push({ at: Math.round(sentAt - began), request: name, cause });
  };
  const sendDue = () => {
    const due = Math.floor(((performance.now() - began) * rate) / 1000);
    for (; sent < due; sent += 1) {
      const request = mix[sent % mix.length];
      if (!request) return;
      const one: Promise<void> = sendOne(request).finally(() => open.delete(one));
      open.add(one);
    }
  };
  const timer = setInterval(sendDue, TICK_MS);

  return {
    async stop() {
      clearInterval(timer);
      const durationMs = performance.now() - began;
      await Promise.all(open);
      return { sent, failures, durationMs, latencyMs: percentiles(latencies) };
    },
  };
}

function percentiles(values: number[]): LoadReport['latencyMs'] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { median: at(0.5), p99: at(0.99), max: at(1) };
}

/** The failures as a person reads them: each cause with its count, and when it was met. */
export function describeFailures(failures: Failure[]): string {
  const causes = Map.groupBy(failures, ({ request, cause }) => `${request}: ${cause}`);
  const at = (failure: Failure | undefined) => ((failure?.at ?? 0) / 1000).toFixed(1);
  return [...causes]
    .map(([cause, all]) => `${all.length} × ${cause}, at ${at(all[0])} to ${at(all.at(-1))} s`)
    .join('\n');
}
