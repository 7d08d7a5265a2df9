import { existsSync } from 'node:fs';

/** What the browser tests drive, and with what. */
export interface Target {
  /** Where the page is, e.g. http://localhost:3000. */
  baseUrl: string;
  /** A Chromium program. */
  chromium: string;
}

const CHROMIUM_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/**
 * Reads the target from E2E_BASE_URL and CHROMIUM_PATH.
 * @returns the target, or the reason why there is none
 */
export function findTarget(env: Record<string, string | undefined> = process.env): Target | string {
  const baseUrl = env['E2E_BASE_URL'];
  if (!baseUrl) return 'E2E_BASE_URL is not set';
  const wanted = env['CHROMIUM_PATH'];
  if (wanted && !existsSync(wanted)) return `there is no browser at CHROMIUM_PATH=${wanted}`;
  const chromium = wanted || CHROMIUM_PLACES.find((place) => existsSync(place));
  if (!chromium) return 'no Chromium is installed and CHROMIUM_PATH is not set';
  return { baseUrl: baseUrl.replace(/\/$/, ''), chromium };
}
