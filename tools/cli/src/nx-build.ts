import { runTelling } from './command-line.ts';

/** What makes a build begin sooner, and the same wherever it is begun. */
const environment = {
  // Nx runs each plugin in a process of its own, which costs seconds before anything is built. These
  // are known to get along in one.
  NX_ISOLATE_PLUGINS: 'false',
  // Vite's plugin sets it to "development" in that one process, with which Next.js builds nothing
  // that works; what is set stays.
  NODE_ENV: 'production',
};

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
      env: environment,
      ...(signal ? { signal } : {}),
    },
  );
}
