import { runTelling } from './command-line.ts';
import { nxEnvironment } from './nx-environment.ts';

/**
 * Runs a target of some projects with Nx; what did not change comes from its cache.
 * @param folder the checkout
 * @param projects names, or patterns such as apps/*
 * @throws UserError with the last lines of the build that failed
 */
export function nxBuild(
  folder: string,
  target: string,
  projects: string[],
  onLine: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  return runTelling(
    'nx',
    ['run-many', '-t', target, `--projects=${projects.join(',')}`, '--output-style=stream'],
    onLine,
    // npx would take half a second to find the same program.
    {
      cwd: folder,
      preferLocal: true,
      localDir: folder,
      env: nxEnvironment,
      ...(signal ? { signal } : {}),
    },
  );
}
