import { randomBytes } from 'node:crypto';
import { mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError, startPostgres } from '@todo/embedded-postgres';
import { LocalError } from './local-error.ts';
import { choosePorts, type Ports, type ServiceName } from './ports.ts';
import {
  endOf,
  runToEnd,
  startProcess,
  stopProcess,
  waitUntilReady,
  type Started,
} from './processes.ts';
import { MIGRATIONS_ENTRY, serviceProcesses, urlOf } from './services.ts';

export interface LocalOptions {
  /** Workspace root; the apps must be built. */
  root: string;
  /** Folder for the database, the secret that signs sessions, and logs. Survives restarts. */
  dataDir: string;
  /** Port of the frontend; 0 takes any free one, undefined 3000 or the next free one. */
  port?: number | undefined;
  onProgress?: (text: string) => void;
  /** Ends a start that is still under way, with everything it has started. */
  signal?: AbortSignal;
}

export interface LocalRun {
  urls: Record<ServiceName, string>;
  databaseUrl: string;
  /** Settles when a service ends by itself. */
  broken: Promise<LocalError>;
  /** Stops the services, then the database. May be called twice, and while starting. */
  stop: () => Promise<void>;
}

/** Marks a folder as one that `reset` may remove. */
const MARKER = 'todo-chatbot-data';

/**
 * Runs the whole product on this machine without Docker: a real PostgreSQL and the four services.
 * @throws LocalError when the data folder is in use or foreign, a port is taken or a service fails
 */
export async function startLocal({
  root,
  dataDir,
  port,
  onProgress,
  signal,
}: LocalOptions): Promise<LocalRun> {
  const logs = join(dataDir, 'logs');
  await mkdir(logs, { recursive: true });
  await writeFile(join(dataDir, MARKER), 'Data of a local Todo Chatbot.\n');
  const ports = await choosePorts(port);
  const started: Started[] = [];
  const stopAll = async () => {
    await Promise.all(started.map((one) => stopProcess(one)));
    await postgres.stop();
  };
  onProgress?.('Starting PostgreSQL');
  const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres') }).catch(
    (error: unknown) => {
      if (!(error instanceof EmbeddedPostgresError)) throw error;
      throw new LocalError(error.message, 'The folder is chosen with --data.', { cause: error });
    },
  );
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopAll());
  try {
    onProgress?.('Migrating the database');
    const env = { DATABASE_URL_DIRECT: postgres.url };
    await runToEnd(startProcess(root, { name: 'migrations', entry: MIGRATIONS_ENTRY, env }, logs));
    signal?.throwIfAborted();
    onProgress?.('Starting the services');
    const authSecret = await keptSecret(join(dataDir, 'auth-secret'));
    const processes = serviceProcesses({ ports, databaseUrl: postgres.url, authSecret });
    started.push(...processes.map((service) => startProcess(root, service, logs)));
    await Promise.all(
      started.map((one) => waitUntilReady(one, urlOf(ports, one.name as ServiceName), 60, signal)),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    urls: urlsOf(ports),
    databaseUrl: postgres.url,
    broken: Promise.race(started.map(endOf)),
    stop,
  };
}

function urlsOf(ports: Ports): Record<ServiceName, string> {
  return Object.fromEntries(
    (Object.keys(ports) as ServiceName[]).map((name) => [name, urlOf(ports, name)]),
  ) as Record<ServiceName, string>;
}

async function keptSecret(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.length >= 32) return kept;
  const secret = randomBytes(48).toString('base64url');
  await writeFile(file, secret, { mode: 0o600 });
  return secret;
}

/**
 * Removes the data of earlier local runs.
 * @throws LocalError when the folder holds something else, or a run uses it
 */
export async function resetLocal(dataDir: string): Promise<void> {
  const folder = await stat(dataDir).catch(() => undefined);
  if (!folder) return;
  if (!(await stat(join(dataDir, MARKER)).catch(() => undefined))) {
    throw new LocalError(
      `${dataDir} was not made by a local run, so it is not removed.`,
      'Check --data, or remove the folder yourself.',
    );
  }
  const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres') }).catch(
    (error: unknown) => {
      if (/in use|already|running/i.test(String(error))) {
        throw new LocalError(
          `${dataDir} is in use by another run.`,
          'Stop that run first (Ctrl-C in its terminal).',
        );
      }
      return undefined;
    },
  );
  await postgres?.stop();
  // The database may lie elsewhere, behind a link, when PostgreSQL's user cannot enter this folder.
  const cluster = await realpath(join(dataDir, 'postgres')).catch(() => undefined);
  if (cluster) await rm(cluster, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}
