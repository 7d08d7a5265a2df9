import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LocalError } from './local-error.ts';
import type { ServiceProcess } from './services.ts';

export interface Started {
  name: string;
  child: ChildProcess;
  logFile: string;
}

/** Variables of the person's own shell that every service may see. */
const inherited = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'TZ',
  'LOG_LEVEL',
  'NODE_EXTRA_CA_CERTS',
  'HTTPS_PROXY',
  'NO_PROXY',
];

/**
 * Starts a Node program in a process group of its own, so that Ctrl-C reaches only us and we stop
 * it in order. Its output goes to a log file.
 */
export function startProcess(
  root: string,
  service: Omit<ServiceProcess, 'name'> & { name: string },
  logs: string,
): Started {
  const file = join(root, service.entry);
  const logFile = join(logs, `${service.name}.log`);
  const log = createWriteStream(logFile);
  const child = spawn(process.execPath, [file], {
    cwd: dirname(file),
    env: {
      ...Object.fromEntries(
        inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
      ),
      NODE_ENV: 'production',
      ...service.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  return { name: service.name, child, logFile };
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
 * Runs a program to its end.
 * @throws LocalError with the last log lines when it fails
 */
export async function runToEnd(started: Started): Promise<void> {
  if (!hasEnded(started)) await once(started.child, 'exit');
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
