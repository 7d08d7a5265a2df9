import { execa } from 'execa';
import { root } from '../settings.ts';
import { seconds } from '../stages.ts';
import { clearResults, closingLine, tallyResults } from '../test-results.ts';

const TESTS = 'lint, types and tests';

/** Everything that holds on a machine with nothing but Node and npm. */
function checksOf(projects: string[], affected: boolean): { name: string; command: string[] }[] {
  const only = projects.length > 0 ? ['-p', projects.join(',')] : [];
  const targets = ['-t', 'lint', 'typecheck', 'test', ...(affected ? ['build'] : []), ...only];
  const tests = {
    name: TESTS,
    command: ['nx', affected ? 'affected' : 'run-many', ...targets, '--output-style=static'],
  };
  if (projects.length > 0) return [tests];
  return [
    { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
    { name: 'sync', command: ['nx', 'sync:check'] },
    tests,
  ];
}

/**
 * Runs every check, the later ones also when an earlier one failed.
 * @param projects only these Nx projects; all, and what concerns the whole workspace, when empty
 * @param affected only projects that changed since Nx's base, or depend on one that did; also builds
 *   them
 * @returns whether all passed
 */
export async function test(projects: string[] = [], affected = false): Promise<boolean> {
  const checks = checksOf(projects, affected);
  const began = performance.now();
  await clearResults(root);
  const failed: string[] = [];
  for (const { name, command } of checks) {
    console.log(`\n> ${command.join(' ')}`);
    const { exitCode } = await execa('npx', command, {
      cwd: root,
      stdio: 'inherit',
      reject: false,
    });
    if (exitCode !== 0) failed.push(name);
  }
  const tally = await tallyResults(root, 'results.json');
  tally.passed += checks.length - failed.length;
  // A failed test has failed its check too; count it once.
  const testsFailed = tally.failed > 0 && failed.includes(TESTS) ? 1 : 0;
  tally.failed += failed.length - testsFailed;
  console.log(
    `\n${failed.length > 0 ? `failed: ${failed.join('; ')} ` : ''}(${seconds(performance.now() - began)})`,
  );
  console.log('Left out: browser and cluster tests, which need a running product (npm run e2e).');
  console.log(closingLine(tally));
  return failed.length === 0 && tally.failed === 0;
}
