import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * Runs a program to its end.
 * @returns its standard output
 * @throws Error with its output when it fails
 */
export async function command(
  program: string,
  args: string[],
  { cwd, timeoutMs = 600_000 }: { cwd?: string; timeoutMs?: number } = {},
): Promise<string> {
  const { stdout } = await execute(program, args, {
    ...(cwd ? { cwd } : {}),
    timeout: timeoutMs,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: Error & { stdout?: string; stderr?: string }) => {
    throw new Error(
      `${program} ${args.join(' ')} failed:\n${error.stdout ?? ''}\n${error.stderr ?? error.message}`,
    );
  });
  return stdout.trim();
}
