import type { ChildProcess } from 'node:child_process';
import { EmbeddedPostgresError } from './error.ts';

/** Why a start failed; a taken port is worth another try on another one. */
export interface StartProblem {
  kind: 'port' | 'other';
  error: Error;
}

const START_TIMEOUT_MS = 60_000;
const KEPT_CHARACTERS = 8_000;

/**
 * Waits until PostgreSQL says on stderr that it accepts connections.
 * @returns undefined when it runs, and otherwise why it does not
 */
export function awaitReady(
  child: ChildProcess,
  dataDir: string,
  port: number,
): Promise<StartProblem | undefined> {
  return new Promise((resolve) => {
    let log = '';
    const timer = setTimeout(() => child.kill('SIGQUIT'), START_TIMEOUT_MS);
    const finish = (problem?: StartProblem) => {
      clearTimeout(timer);
      resolve(problem);
    };
    // Reading goes on after the start, so that PostgreSQL never waits for a full pipe.
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-KEPT_CHARACTERS);
      if (log.includes('database system is ready to accept connections')) finish();
    });
    child.once('error', (error) => finish({ kind: 'other', error }));
    child.once('close', () => finish(explain(log, dataDir, port)));
  });
}

function explain(log: string, dataDir: string, port: number): StartProblem {
  const inUse = /Is another postmaster \(PID (\d+)\) running|pre-existing shared memory/.exec(log);
  if (inUse)
    return other(
      `${dataDir} is already in use by a running PostgreSQL${inUse[1] ? ` (process ${inUse[1]})` : ''}. ` +
        'Stop it first, or choose another folder.',
    );
  if (/Address already in use/.test(log))
    return {
      kind: 'port',
      error: new EmbeddedPostgresError(
        `Port ${port} of 127.0.0.1 is taken, so PostgreSQL cannot listen there. Choose another one, or 0 for any.`,
      ),
    };
  return other(`PostgreSQL did not start on ${dataDir}. It said:\n${log.trim() || '(nothing)'}`);
}

function other(message: string): StartProblem {
  return { kind: 'other', error: new EmbeddedPostgresError(message) };
}
