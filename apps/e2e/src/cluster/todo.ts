import { join } from 'node:path';
import { command } from './command.ts';

/** The checkout that the tests are part of. */
export const workspaceRoot = join(import.meta.dirname, '../../../..');

/**
 * Runs one of the repository's npm scripts with `--json`.
 * @throws Error with all its output when it fails
 */
export function todo<Result>(profile: string, ...script: [string, ...string[]]): Promise<Result> {
  return run(profile, script, [0]);
}

/** How an environment stands, whether or not something needs attention. */
export function statusOf(profile: string, ...args: string[]): Promise<Status> {
  return run(profile, ['status', ...args], [0, 2]);
}

async function run<Result>(
  profile: string,
  [name, ...args]: [string, ...string[]],
  exitCodes: number[],
): Promise<Result> {
  const ended = exitCodes.map((code) => `test $code = ${code}`).join(' || ');
  const script = `npm run --silent "$0" -- --json "$@"; code=$?; ${ended}`;
  const words = ['-c', script, name, ...args, '--profile', profile];
  const text = await command('sh', words, { cwd: workspaceRoot });
  return JSON.parse(text.split('\n').at(-1) ?? '') as Result;
}

/** What `npm run status -- --json` says. */
export interface Status {
  applied?: { commit: string };
  repository: { url: string; outside: boolean };
  empty: boolean;
  sync: string;
  health: string;
  services: { name: string; ready: number; wanted: number }[];
  drift: {
    object: string;
    is: string;
    fields: { path: string; from?: unknown; to?: unknown }[];
  }[];
  attention: string[];
}
