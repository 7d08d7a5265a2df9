import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { findBinaries, type Binaries } from './binaries.ts';
import { openCluster, SUPERUSER } from './cluster.ts';
import { EmbeddedPostgresError } from './error.ts';
import { freePort } from './free-port.ts';
import { ownerFor, type Owner } from './owner.ts';
import { awaitReady } from './ready.ts';
import { removeStaleLock } from './stale-lock.ts';
import { scratchFolder } from './scratch.ts';
import { watchOver } from './watchdog.ts';

export interface StartOptions {
  /** Where the cluster lives; made when missing. Without it: a temporary one, removed by stop(). */
  dataDir?: string;
  /** TCP port on 127.0.0.1; 0 (the default) takes a free one. */
  port?: number;
}

/** A running PostgreSQL. */
export interface Postgres {
  /** Connection string of the database `postgres`, with user and password. */
  url: string;
  port: number;
  pid: number;
  /** Fast shutdown: open transactions are rolled back. May be called twice. */
  stop(): Promise<void>;
}

const STOP_TIMEOUT_MS = 10_000;
const PORT_ATTEMPTS = 5;

/**
 * Starts a real PostgreSQL from npm's binaries, on 127.0.0.1 only, also when run by root.
 * It stops when stop() is called or when this process dies.
 * @throws EmbeddedPostgresError when the data directory is in use, foreign or of another major
 *   version, when the port is taken, or when there are no binaries for this platform
 */
export async function startPostgres(options: StartOptions = {}): Promise<Postgres> {
  const temporary = options.dataDir === undefined;
  const asked = options.dataDir === undefined ? await temporaryPath() : resolve(options.dataDir);
  const owner = await ownerFor(asked);
  const binaries = await findBinaries(owner);
  const { dataDir, password } = await openCluster(asked, binaries, owner, !temporary);
  try {
    await removeStaleLock(dataDir);
    for (let attempt = 1; ; attempt++) {
      const port = options.port || (await freePort());
      const child = run(binaries, dataDir, port, temporary, owner);
      const problem = await awaitReady(child, asked, port);
      if (!problem) return running(child, { port, password, dataDir, temporary, owner });
      if (options.port || problem.kind !== 'port' || attempt === PORT_ATTEMPTS) throw problem.error;
    }
  } catch (error) {
    if (temporary) await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

async function temporaryPath(): Promise<string> {
  const folder = await scratchFolder(await ownerFor('/nonexistent'));
  return join(folder, `todo-postgres-${randomBytes(6).toString('hex')}`);
}

function run(
  binaries: Binaries,
  dataDir: string,
  port: number,
  temporary: boolean,
  owner: Owner,
): ChildProcess {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '32MB',
    log_min_messages: 'warning',
    // A temporary cluster does not outlive a crash, so it need not survive one.
    ...(temporary && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return spawn(
    binaries.postgres,
    ['-D', dataDir, '-p', String(port)].concat(
      Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ),
    {
      cwd: '/',
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      // A session of its own: Ctrl-C must reach the services first, the database last.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe'],
      ...owner,
    },
  );
}

function running(
  child: ChildProcess,
  at: { port: number; password: string; dataDir: string; temporary: boolean; owner: Owner },
): Postgres {
  if (child.pid === undefined) throw new EmbeddedPostgresError('PostgreSQL has no process id.');
  const callOff = watchOver(child.pid, at.temporary ? at.dataDir : undefined, at.owner);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGINT');
      const hurry = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT_MS);
      await exited;
      clearTimeout(hurry);
    }
    callOff();
    if (at.temporary) await rm(at.dataDir, { recursive: true, force: true });
  };
  return {
    url: `postgresql://${SUPERUSER}:${at.password}@127.0.0.1:${at.port}/postgres`,
    port: at.port,
    pid: child.pid,
    stop: () => (stopped ??= stop()),
  };
}
