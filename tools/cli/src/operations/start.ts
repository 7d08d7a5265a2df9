import { join, resolve } from 'node:path';
import { resetLocal, startLocal, type LocalRun } from '@todo/local';
import { buildApps } from '../build-apps.ts';
import { succeeds } from '../command-line.ts';
import { root } from '../settings.ts';
import { runStages, seconds } from '../stages.ts';
import { UserError } from '../user-error.ts';

export interface StartOptions {
  /** Frontend's port: 0 takes any free one. */
  port?: number;
  /** Folder of the database; `.todo/local` in the repository unless told. */
  data?: string;
  /** Remove the data of earlier runs first. */
  reset?: boolean;
  json?: boolean;
}

/**
 * Why a start goes to the cluster or stays on this machine.
 * @throws UserError for options that do not go together
 */
export async function chooseMode(
  asked: { local?: boolean; cluster?: boolean } & StartOptions,
): Promise<{ mode: 'local' | 'cluster'; why: string }> {
  if (asked.local && asked.cluster) {
    throw new UserError('--local and --cluster exclude each other.', 'Give one of them, or none.');
  }
  const localOnly = (['port', 'data', 'reset'] as const).find((name) => asked[name] !== undefined);
  if (asked.cluster && localOnly) {
    throw new UserError(
      `--${localOnly} is for a run on this machine, not for the cluster.`,
      'Leave out --cluster, or the other option.',
    );
  }
  if (asked.local) return { mode: 'local', why: 'asked for with --local' };
  if (asked.cluster) return { mode: 'cluster', why: 'asked for with --cluster' };
  if (localOnly) return { mode: 'local', why: `--${localOnly} is for a run on this machine` };
  if (!(await succeeds('docker', ['info']))) {
    return { mode: 'local', why: 'Docker does not answer; --cluster forces the cluster' };
  }
  if (!(await succeeds('minikube', ['version']))) {
    return { mode: 'local', why: 'minikube is not installed; --cluster forces the cluster' };
  }
  return { mode: 'cluster', why: 'Docker and minikube are here; --local runs without them' };
}

/**
 * Runs the product on this machine until a signal or a failure ends it.
 * @throws LocalError when it cannot start, or a service ends by itself
 */
export async function startHere(options: StartOptions): Promise<void> {
  const began = performance.now();
  const dataDir = options.data
    ? resolve(process.env['INIT_CWD'] ?? '.', options.data)
    : join(root, '.todo/local');
  const interrupted = new AbortController();
  const interruption = onInterruption(() => interrupted.abort());
  try {
    const run = await startStages(dataDir, options, interrupted.signal);
    if (options.json) {
      console.log(JSON.stringify({ mode: 'local', ...run.urls, data: dataDir }));
    } else {
      const took = seconds(performance.now() - began);
      for (const [name, url] of Object.entries(run.urls)) {
        if (name !== 'frontend') console.error(`${name} ${url}`);
      }
      console.error(`started in ${took}; data in ${dataDir}; Ctrl-C stops it`);
      console.log(`ready ${run.urls.frontend}`);
    }
    const end = await Promise.race([run.broken, interruption]);
    if (!options.json) console.error('Stopping …');
    await run.stop();
    if (end) throw end;
  } catch (error) {
    if (interrupted.signal.aborted) return;
    throw error;
  }
}

/** How often to look whether the shell that started us is still there. */
const PARENT_CHECK_MS = 500;

/**
 * Resolves when a person or a program ends this run: by a signal, or by ending the shell around it,
 * which hands no signal on.
 */
function onInterruption(tell: () => void): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    const interrupt = () => {
      clearInterval(check);
      tell();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
    const check = setInterval(() => {
      if (process.ppid !== parent) interrupt();
    }, PARENT_CHECK_MS);
    check.unref();
  });
}

async function startStages(
  dataDir: string,
  options: StartOptions,
  signal: AbortSignal,
): Promise<LocalRun> {
  const context = {} as { run: LocalRun };
  await runStages(
    [
      {
        name: 'build',
        title: 'Build the apps',
        run: async (_, progress) => {
          await buildApps(progress, signal);
          return undefined;
        },
      },
      {
        name: 'start',
        title: 'Start PostgreSQL and the services',
        run: async (it, progress) => {
          if (options.reset) await resetLocal(dataDir);
          it.run = await startLocal({
            root,
            dataDir,
            port: options.port,
            onProgress: progress,
            signal,
          });
          return it.run.urls.frontend;
        },
      },
    ],
    context,
    { quiet: options.json ?? false },
  );
  return context.run;
}
