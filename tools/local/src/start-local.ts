import { openDataFolder, startDatabase } from './data-folder.ts';
import { environmentOf } from './environment.ts';
import type { LocalError } from './local-error.ts';
import { choosePorts, requireFreePort } from './ports.ts';
import {
  endOf,
  runToEnd,
  startProcess,
  stopProcess,
  waitUntilReady,
  type Started,
} from './processes.ts';
import { migrations, PAGE, programOf, readServices, urlOf } from './services.ts';

export interface LocalOptions {
  /** Workspace root; the apps must be built. Its `.env` completes the environment. */
  root: string;
  /** Folder for the database, the secret that signs sessions, and logs. Survives restarts. */
  dataDir: string;
  /** Port of the frontend; 0 takes any free one, undefined 3000 or the next free one. */
  port?: number | undefined;
  onProgress?: (text: string) => void;
  /** Ends a start that is still under way, with everything it has started. */
  signal?: AbortSignal;
}

/** Something of each service that was started; the page is always among them. */
export type ByService<Value> = Record<typeof PAGE, Value> & Record<string, Value>;

export interface LocalRun {
  urls: ByService<string>;
  /** Process ids of the services. */
  pids: ByService<number>;
  databaseUrl: string;
  /** Settles when a service ends without having been stopped. */
  broken: Promise<LocalError>;
  /** Stops the services, then the database. May be called twice. */
  stop: () => Promise<void>;
}

const READY_SECONDS = 60;

/**
 * Runs the whole product on this machine without Docker: a real PostgreSQL and every
 * declared service.
 * They end when this process dies, however it does.
 * @throws LocalError when the data folder is in use or foreign, a port is taken or a service fails
 */
export async function startLocal(options: LocalOptions): Promise<LocalRun> {
  const { root, dataDir, port, onProgress, signal } = options;
  signal?.throwIfAborted();
  if (port) await requireFreePort(port);
  const environment = await environmentOf(root);
  const declared = readServices(root);
  // Awaited below; a failure until then is not one that nobody handles.
  declared.catch(() => undefined);
  const { logs, authSecret } = await openDataFolder(dataDir);
  onProgress?.('Starting PostgreSQL');
  const postgres = await startDatabase(dataDir);
  const databaseUrl = postgres.url;

  const started: Started[] = [];
  let stopping: Promise<void> | undefined;
  const stopAll = async () => {
    await Promise.all(started.map((one) => stopProcess(one)));
    await postgres.stop();
  };
  const stop = () => (stopping ??= stopAll());
  try {
    signal?.throwIfAborted();
    onProgress?.('Migrating the database');
    await runToEnd(startProcess(root, migrations(databaseUrl, environment), logs), signal);
    onProgress?.('Starting the services');
    const { declarations, services } = await declared;
    const usual = Object.fromEntries(services.map((service) => [service.name, service.port]));
    const ports = await choosePorts(usual, PAGE, port);
    const wiring = { declarations, ports, databaseUrl, authSecret, environment };
    for (const service of services)
      started.push(startProcess(root, programOf(service, wiring), logs));
    await Promise.all(
      started.map((one) => waitUntilReady(one, urlOf(ports, one.name), READY_SECONDS, signal)),
    );
    const each = <T>(value: (one: Started) => T) =>
      Object.fromEntries(started.map((one) => [one.name, value(one)])) as ByService<T>;
    return {
      urls: each(({ name }) => urlOf(ports, name)),
      pids: each(({ child }) => child.pid ?? 0),
      databaseUrl,
      broken: new Promise((resolve) => {
        for (const one of started) {
          void endOf(one).then((error) => {
            if (!stopping) resolve(error);
          });
        }
      }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
