import { stripVTControlCharacters } from 'node:util';
import { execa, ExecaError, type Options } from 'execa';
import { UserError } from './user-error.ts';

const installHints: Record<string, string> = {
  docker: 'Install Docker (https://docs.docker.com/get-docker/) and start it.',
  minikube: 'Install minikube (https://minikube.sigs.k8s.io/docs/start/).',
  kubectl: 'Install kubectl (https://kubernetes.io/docs/tasks/tools/).',
  git: 'Install git (https://git-scm.com/downloads).',
};

/**
 * Runs a program and returns its standard output, trimmed.
 * @throws UserError when the program is missing, or fails: with its own last lines of error output
 */
export async function run(
  program: string,
  args: string[],
  options: Options & { hint?: string } = {},
): Promise<string> {
  const { hint, ...rest } = options;
  try {
    const { stdout, code } = await execa(program, args, { stdin: 'ignore', ...rest });
    // With `reject: false` a program may fail, but it must be there.
    if (code === 'ENOENT') throw missing(program);
    return typeof stdout === 'string' ? stdout.trim() : '';
  } catch (error) {
    throw explain(program, args, error, hint);
  }
}

/**
 * Runs a program that takes long, telling each line of its output as it comes.
 * @throws UserError as `run` does
 */
export async function runTelling(
  program: string,
  args: string[],
  onLine: (line: string) => void,
  options: Pick<Options, 'cwd' | 'preferLocal' | 'localDir' | 'env'> & {
    hint?: string;
    signal?: AbortSignal;
  } = {},
): Promise<void> {
  const { hint, signal, ...rest } = options;
  try {
    const subprocess = execa(program, args, {
      stdin: 'ignore',
      all: true,
      ...(signal ? { cancelSignal: signal } : {}),
      ...rest,
    });
    for await (const coloured of subprocess.iterable({ from: 'all' })) {
      const line = stripVTControlCharacters(coloured).trim();
      if (line) onLine(line);
    }
    await subprocess;
  } catch (error) {
    throw explain(program, args, error, hint);
  }
}

function explain(program: string, args: string[], error: unknown, hint?: string): unknown {
  if (!(error instanceof ExecaError)) return error;
  if (error.code === 'ENOENT') return missing(program, error);
  // In the order in which it came, where that is known: the reason is near the end.
  const parts = error.all === undefined ? [error.stderr, error.stdout] : [error.all];
  const output = parts.filter((text) => typeof text === 'string').join('\n');
  const lastLines = stripVTControlCharacters(output).trim().split('\n').slice(-12).join('\n');
  return new UserError(
    `"${[program, ...args.slice(0, 4)].join(' ')}${args.length > 4 ? ' …' : ''}" failed:\n${lastLines || error.shortMessage}`,
    hint ?? 'Mend the cause above and run the same command again; it goes on where it stopped.',
    { cause: error },
  );
}

function missing(program: string, cause?: unknown): UserError {
  return new UserError(
    `${program} is not installed.`,
    installHints[program] ?? `Install ${program}.`,
    { cause },
  );
}

/** How long a question may go unanswered: Docker's own client waits forever for a hanging daemon. */
const ANSWER_MS = 20_000;

/** Whether a program answers, for choices that must not fail. */
export async function succeeds(program: string, args: string[]): Promise<boolean> {
  const options = { reject: false, stdin: 'ignore', timeout: ANSWER_MS } as const;
  const { failed } = await execa(program, args, options);
  return !failed;
}
