import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clearResults, closingLine, tallyResults } from './test-results.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'results-'));
});
afterEach(() => rm(root, { recursive: true }));

async function report(project: string, numbers: [number, number, number], brokenFile = false) {
  const folder = join(root, project, 'test-output');
  await mkdir(folder, { recursive: true });
  const [numPassedTests, numFailedTests, numPendingTests] = numbers;
  const testResults = brokenFile
    ? [{ name: 'x.spec.ts', status: 'failed', message: 'boom', assertionResults: [] }]
    : [];
  await writeFile(
    join(folder, 'results.json'),
    JSON.stringify({
      numPassedTests,
      numFailedTests,
      numPendingTests,
      numTotalTestSuites: 1,
      testResults,
    }),
  );
}

describe('the closing line of a test run', () => {
  it('adds up all projects', async () => {
    await report('apps/backend', [10, 0, 1]);
    await report('libs/database', [5, 2, 0]);
    expect(closingLine(await tallyResults(root, 'results.json'))).toBe(
      '15 passed, 2 failed, 1 skipped',
    );
  });

  it('counts a file that could not be loaded as a failure', async () => {
    await report('apps/backend', [0, 0, 0], true);
    expect(closingLine(await tallyResults(root, 'results.json'))).toBe('0 passed, 1 failed');
  });

  it('does not count results of an earlier run', async () => {
    await report('tools/cli', [3, 0, 0]);
    await clearResults(root);
    expect(await tallyResults(root, 'results.json')).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});
