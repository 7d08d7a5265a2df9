import type { Logger } from './logger.ts';

/** Resolves when a dependency can be used, rejects when not. */
export type Check = () => Promise<void>;

export interface Readiness {
  ready: boolean;
  checks: Record<string, 'ok' | 'failed' | 'timed out'>;
}

const draining = new WeakSet<object>();

/** From now on the app's `/readyz` answers 503, so that no new traffic is sent to it. */
export function beginDrain(app: object): void {
  draining.add(app);
}

export function isDraining(app: object): boolean {
  return draining.has(app);
}

/**
 * Runs all checks at once.
 * @param checks by name of the dependency
 * @param timeoutMs a check that takes longer has failed
 * @returns a function for `/readyz`; it logs a check's error when the check begins to fail
 */
export function createReadiness(checks: Record<string, Check>, logger: Logger, timeoutMs = 1_000) {
  const failing = new Set<string>();
  return async (): Promise<Readiness> => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        const { result, error } = await runCheck(check, timeoutMs);
        if (result === 'ok') {
          if (failing.delete(name)) logger.info({ check: name }, 'dependency is back');
        } else if (!failing.has(name)) {
          failing.add(name);
          logger.warn({ check: name, result, err: error }, 'dependency is not usable');
        }
        return [name, result] as const;
      }),
    );
    return {
      ready: results.every(([, result]) => result === 'ok'),
      checks: Object.fromEntries(results),
    };
  };
}

async function runCheck(check: Check, timeoutMs: number) {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<{ result: 'timed out'; error?: unknown }>((resolve) => {
    timer = setTimeout(() => resolve({ result: 'timed out' }), timeoutMs);
  });
  const outcome = (async () => {
    try {
      await check();
      return { result: 'ok' as const, error: undefined };
    } catch (error) {
      return { result: 'failed' as const, error };
    }
  })();
  try {
    return await Promise.race([outcome, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** A check that a GET of `url` is answered with a 2xx status. */
export function urlAnswers(url: string): Check {
  return async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`GET ${url} was answered with ${response.status}.`);
  };
}
