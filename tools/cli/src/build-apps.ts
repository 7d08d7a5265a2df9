import { runTelling } from './command-line.ts';
import { root } from './settings.ts';

/** Builds everything that a local run starts; what did not change comes from Nx's cache. */
export function buildApps(onLine: (line: string) => void, signal?: AbortSignal): Promise<void> {
  return runTelling(
    'npx',
    ['nx', 'run-many', '-t', 'build', '--projects=apps/*', '--output-style=stream'],
    onLine,
    { cwd: root, ...(signal ? { signal } : {}) },
  );
}
