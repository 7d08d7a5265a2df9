import { nxBuild } from './nx-build.ts';
import { root } from './settings.ts';

/** Builds everything that a local run starts; what did not change comes from Nx's cache. */
export function buildApps(onLine: (line: string) => void, signal?: AbortSignal): Promise<void> {
  return nxBuild(root, 'build', ['apps/*'], onLine, signal);
}
