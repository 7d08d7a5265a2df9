import { glob, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** How many checks passed, failed and were skipped. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const RESULTS = '{apps,libs,tools}/*/test-output';

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTotalTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().nullish(),
      assertionResults: z.array(z.unknown()),
    }),
  ),
});

/** Takes away the results of earlier runs, so that none of them is counted. */
export async function clearResults(root: string): Promise<void> {
  for await (const folder of glob(RESULTS, { cwd: root })) {
    await rm(join(root, folder), { recursive: true, force: true });
  }
}

/**
 * Adds up vitest's JSON reports. A file that failed before its tests could run counts as a failure.
 * @param file name of the reports, such as results.json
 */
export async function tallyResults(root: string, file: string): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for await (const found of glob(`${RESULTS}/${file}`, { cwd: root })) {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = report.parse(
      JSON.parse(await readFile(join(root, found), 'utf8')),
    );
    const brokenFiles = testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    ).length;
    tally.passed += numPassedTests;
    tally.failed += numFailedTests + brokenFiles;
    tally.skipped += numPendingTests;
  }
  return tally;
}

/** The closing line of a test run. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
