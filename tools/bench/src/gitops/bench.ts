import { run, UserError, type Addresses, type Cluster } from '@todo/cli';
import type { ScratchClone } from '@todo/scratch-clone';
import { z } from 'zod';

/** What every scenario works with. */
export interface Bench {
  profile: string;
  cluster: Cluster;
  addresses: Addresses;
  /** The app's namespace in the cluster, and Argo CD's Application of it. */
  namespace: string;
  application: string;
  clone: ScratchClone;
  /** How often each main scenario is measured; minor ones less often. */
  runs: number;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Tells what happens now. */
  say: (text: string) => void;
  /** Images of Docker's that the bench made, to be removed. */
  images: Set<string>;
}

/** One measurement: milliseconds and bytes by name. */
export type Sample = Record<string, number>;

/** Something that is measured several times. */
export interface Scenario {
  /** Key in the JSON, and for --only. */
  name: string;
  title: string;
  /** How often, of `runs`. */
  times: (runs: number) => number;
  /**
   * Prepares, and tells how to measure once and how to tidy up. What it leaves behind when it fails
   * is put back at the end of the bench.
   */
  begin: (bench: Bench) => Promise<{
    once: () => Promise<Sample>;
    end?: () => Promise<void>;
  }>;
}

/** Of the minor scenarios half as many runs are enough. */
export const half = (runs: number): number => Math.ceil(runs / 2);

/** Runs a program in the clone; it ends with the bench. */
export function inClone(
  { clone, signal }: Bench,
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<string> {
  return run(program, args, { cwd: clone.folder, cancelSignal: signal, env });
}

/**
 * Runs one of the repository's commands in the clone, as a person would: `npm run <name>`.
 * @returns what it printed with --json
 */
export async function npmRun<T>(
  bench: Bench,
  schema: z.ZodType<T>,
  [name, ...args]: [string, ...string[]],
  env: Record<string, string> = {},
): Promise<T> {
  const words = ['run', '--silent', name, '--', '--json', '--profile', bench.profile, ...args];
  const said = await inClone(bench, 'npm', words, env);
  return schema.parse(JSON.parse(said.split('\n').at(-1) ?? ''));
}

/** What a bench measures must be what it says; everything else would be a wrong number. */
export function expectSame(what: string, found: unknown, wanted: unknown): void {
  if (JSON.stringify(found) === JSON.stringify(wanted)) return;
  throw new UserError(
    `The bench expected ${what} to be ${JSON.stringify(wanted)}; it was ${JSON.stringify(found)}.`,
    'Something else changed meanwhile? Run it again on a cluster that nobody uses.',
  );
}
