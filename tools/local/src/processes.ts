import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LocalError } from './local-error.ts';
import type { Program } from './services.ts';

export interface Started {
  name: string;
  child: ChildProcess;
  logFile: string;
}

/** Run in every process before its own code: it ends, in order, when whoever started it is gone. */
const endWithParent = `data:text/javascript,${encodeURIComponent(
  `process.once('disconnect', () => process.kill(process.pid, 'SIGTERM')); process.channel?.unref();`,
)}`;

/**
 * Starts a Node program in a process group of its own, so that Ctrl-C reaches only us and we stop
 * it in order. Its output goes to a log file.
 * @throws LocalError when it has not been built
 */
export function startProcess(root: string, program: Program, logs: string): Started {
  const file = join(root, program.entry);
  if (!existsSync(file)) {
    throw new LocalError(
      `${program.entry} is missing: ${program.name} is not built.`,
      'Run "npx nx run-many -t build".',
    );
  }
  const logFile = join(logs, `${program.name}.log`);
  const log = openSync(logFile, 'w');
  try {
    const child = spawn(process.execPath, ['--import', endWithParent, file], {
      cwd: dirname(file),
      env: program.env,
      // The process writes the log itself, so that its last words are there when it has ended.
      stdio: ['ignore', log, log, 'ipc'],
      detached: true,
    });
    return { name: program.name, child, logFile };
  } finally {
    closeSync(log);
  }
}

const hasEnded = ({ child }: Started): boolean =>
  child.exitCode !== null || child.signalCode !== null;

/**
 * Waits until a service says that it and what it depends on are ready.
 * @throws LocalError with the last log lines when it ends or the deadline passes
 */
export async function waitUntilReady(
  started: Started,
  url: string,
  seconds: number,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  let answer = 'no answer';
  while (!hasEnded(started)) {
    signal?.throwIfAborted();
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(
      () => undefined,
    );
    if (response?.ok) return;
    if (response) answer = `${response.status} ${(await response.text()).slice(0, 200)}`;
    if (performance.now() > deadline) {
      throw await failure(started, `${started.name} was not ready after ${seconds} s (${answer}).`);
    }
    await pause(50);
  }
  throw await failure(started, `${started.name} ended before it was ready.`);
}

/**
 * Runs a program to its end, or to the signal.
 * @throws LocalError with the last log lines when it fails; the signal's reason
 */
export async function runToEnd(started: Started, signal?: AbortSignal): Promise<void> {
  const stop = () => void stopProcess(started);
  signal?.addEventListener('abort', stop, { once: true });
  if (!hasEnded(started)) await once(started.child, 'exit');
  signal?.removeEventListener('abort', stop);
  signal?.throwIfAborted();
  if (started.child.exitCode !== 0) throw await failure(started, `${started.name} failed.`);
}

/** Resolves with a message when a service ends by itself. */
export async function endOf(started: Started): Promise<LocalError> {
  if (!hasEnded(started)) await once(started.child, 'exit');
  return failure(started, `${started.name} ended unexpectedly.`);
}

async function failure({ logFile }: Started, message: string): Promise<LocalError> {
  const log = (await readFile(logFile, 'utf8').catch(() => ''))
    .trim()
    .split('\n')
    .slice(-8)
    .join('\n');
  return new LocalError(`${message}${log ? `\n${log}` : ''}`, `The whole log is ${logFile}.`);
}

/** Asks a process to end, and ends it when it has not done so in time. */
export async function stopProcess(started: Started, seconds = 12): Promise<void> {
  if (hasEnded(started)) return;
  const ended = once(started.child, 'exit');
  started.child.kill('SIGTERM');
  const killer = setTimeout(() => started.child.kill('SIGKILL'), seconds * 1000);
  await ended;
  clearTimeout(killer);
}
