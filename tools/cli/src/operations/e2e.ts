import { join } from 'node:path';
import { execa } from 'execa';
import { startLocal } from '@todo/local';
import { buildApps } from '../build-apps.ts';
import { root } from '../settings.ts';
import { clearResults, closingLine, tallyResults } from '../test-results.ts';
import { up } from './up.ts';

export interface E2eOptions {
  profile: string;
  timeout: number;
  /** Test the product as it runs on this machine without a cluster. */
  local?: boolean;
}

/**
 * Brings the product up and drives it as a person would: through the page in a browser, and, on a
 * cluster, through the whole line from an edit to new pods.
 * @returns whether all tests passed
 */
export async function e2e({ profile, timeout, local = false }: E2eOptions): Promise<boolean> {
  await clearResults(root);
  if (local) {
    await buildApps((line) => console.log(line));
    const run = await startLocal({ root, dataDir: join(root, '.todo/e2e'), port: 0 });
    try {
      return await runTests({ E2E_BASE_URL: run.urls.frontend });
    } finally {
      await run.stop();
    }
  }
  const { urls, stages, totalMs } = await up({ profile, timeout });
  console.log(`up: ${JSON.stringify({ totalMs, stages })}`);
  return runTests({
    E2E_BASE_URL: urls.frontend,
    E2E_INGRESS_URL: urls.ingress,
    E2E_PROFILE: profile,
  });
}

async function runTests(env: Record<string, string>): Promise<boolean> {
  const { exitCode } = await execa('npx', ['vitest', 'run', '--root', 'apps/e2e'], {
    cwd: root,
    stdio: 'inherit',
    reject: false,
    env,
  });
  const tally = await tallyResults(root, 'results.json');
  if (exitCode !== 0 && tally.failed === 0) tally.failed = 1;
  console.log(closingLine(tally));
  return tally.failed === 0;
}
