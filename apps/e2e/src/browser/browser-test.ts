import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { findTarget } from './target.ts';

const target = findTarget();

/** Long enough for a machine that is busy with a cluster; everything waits for a condition. */
const ACTION_TIMEOUT_MS = 20_000;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface PageOptions extends BrowserContextOptions {
  /** The test does what the content policy forbids. */
  provokesPolicy?: boolean;
}

let browser: Promise<Browser> | undefined;

/** Like `describe`; without a product to drive or a browser the tests are skipped, and say why. */
export function describePage(name: string, body: () => void): void {
  const missing = typeof target === 'string' ? ` (skipped: ${target})` : '';
  describe.skipIf(missing)(`${name}${missing}`, () => {
    afterAll(async () => {
      await (await browser)?.close();
      browser = undefined;
    });
    body();
  });
}

/**
 * Opens a page of its own, signed in as nobody, runs the steps, and closes it. An uncaught error in
 * the page or a refusal by its content policy fails the test.
 */
export async function withPage(
  { provokesPolicy = false, ...options }: PageOptions,
  steps: (page: Page) => Promise<void>,
): Promise<void> {
  if (typeof target === 'string') throw new Error(`There is no page to open: ${target}.`);
  browser ??= chromium.launch({ executablePath: target.chromium, args: FLAGS });
  const context = await (
    await browser
  ).newContext({
    baseURL: target.baseUrl,
    viewport: { width: 1360, height: 860 },
    ...options,
  });
  context.setDefaultTimeout(ACTION_TIMEOUT_MS);
  const faults: string[] = [];
  context.on('weberror', (error) => faults.push(String(error.error())));
  context.on('console', (message) => {
    if (!provokesPolicy && /content.security.policy/i.test(message.text()))
      faults.push(message.text());
  });
  const page = await context.newPage();
  try {
    await steps(page);
    expect(faults, 'errors in the page').toEqual([]);
  } catch (error) {
    await page.screenshot({ path: screenshotPath() }).catch(() => undefined);
    throw error;
  } finally {
    await context.close();
  }
}

/** Where a failed test leaves what the page looked like. */
function screenshotPath(): string {
  const name = expect.getState().currentTestName ?? 'page';
  return join(import.meta.dirname, '../../test-output', `${name.replaceAll(/\W+/g, '-')}.png`);
}

/** A test that gets a fresh page, by default as wide as a laptop's. */
export function pageTest(
  name: string,
  steps: (page: Page) => Promise<void>,
  options: PageOptions = {},
): void {
  test(name, () => withPage(options, steps));
}
