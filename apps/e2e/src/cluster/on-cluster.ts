import { describe } from 'vitest';

/** The cluster's profile, which its kubeconfig context is named after. */
export const profile = process.env['E2E_PROFILE'] ?? '';

/** Where the page on the cluster is, without a slash at its end. */
export const baseUrl = (process.env['E2E_BASE_URL'] ?? '').replace(/\/$/, '');

interface Options {
  /** What else keeps the tests from running; false when nothing does. */
  unless?: string | false;
}

/** Tests that need a cluster; without one they are skipped, and their title says why. */
export function describeOnCluster(title: string, tests: () => void): void;
export function describeOnCluster(title: string, options: Options, tests: () => void): void;
export function describeOnCluster(
  title: string,
  ...rest: [() => void] | [Options, () => void]
): void {
  const [{ unless = false }, tests] = rest.length === 1 ? [{}, ...rest] : rest;
  const reason =
    (!profile && 'E2E_PROFILE names no cluster') ||
    (!baseUrl && 'E2E_BASE_URL is not set') ||
    unless;
  describe.skipIf(reason)(reason ? `${title} (skipped: ${reason})` : title, tests);
}
