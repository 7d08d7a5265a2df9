import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError, startPostgres, type Postgres } from '@todo/embedded-postgres';
import { LocalError } from './local-error.ts';

/** Marks a folder as one that `resetLocal` may empty. */
const MARKER = 'todo-chatbot-data';
const POSTGRES = 'postgres';
const SECRET = 'auth-secret';
const LOGS = 'logs';

/** Where a local run keeps things. */
export interface DataFolder {
  /** Folder of the services' logs. */
  logs: string;
  /** Secret that signs sessions: made once and kept, so that sessions survive restarts. */
  authSecret: string;
}

/**
 * Makes a folder ready for a local run, or finds it so.
 * @throws LocalError when it holds something else, or cannot be written
 */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  const logs = join(dataDir, LOGS);
  try {
    const present = await readdir(dataDir).catch((): string[] => []);
    if (present.length > 0 && !present.includes(MARKER)) {
      throw new LocalError(
        `${dataDir} holds files that no local run made, so it is left alone.`,
        'Give an empty or new folder with --data.',
      );
    }
    await mkdir(logs, { recursive: true });
    await writeFile(join(dataDir, MARKER), 'Data of a local Todo Chatbot.\n');
    return { logs, authSecret: await keptSecret(join(dataDir, SECRET)) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new LocalError(
      `${dataDir} cannot be used for data (${code}).`,
      'Give a folder that you may write to with --data.',
      { cause: error },
    );
  }
}

async function keptSecret(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.length >= 32) return kept;
  const secret = randomBytes(48).toString('base64url');
  await writeFile(file, secret, { mode: 0o600 });
  return secret;
}

/**
 * Starts the PostgreSQL of a data folder.
 * @throws LocalError when another run uses it, or it cannot be started
 */
export async function startDatabase(dataDir: string): Promise<Postgres> {
  try {
    return await startPostgres({ dataDir: join(dataDir, POSTGRES) });
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError)) throw error;
    throw new LocalError(error.message, inUse(error) ? STOP_IT : 'Give another with --data.', {
      cause: error,
    });
  }
}

const STOP_IT = 'Stop that run first (Ctrl-C in its terminal), or give another folder with --data.';
const inUse = (error: Error): boolean => error.message.includes('already in use by a running');

/**
 * Removes the data of earlier local runs, and the folder when nothing else is in it.
 * @throws LocalError when the folder holds something else, or a run uses it
 */
export async function resetLocal(dataDir: string): Promise<void> {
  const present = await readdir(dataDir).catch((): string[] => []);
  if (present.length === 0) return;
  if (!present.includes(MARKER)) {
    throw new LocalError(
      `${dataDir} was not made by a local run, so it is not emptied.`,
      'Check --data, or remove the folder yourself.',
    );
  }
  // The database may lie elsewhere, behind a link, when PostgreSQL's user cannot enter this folder.
  const cluster = await realpath(join(dataDir, POSTGRES)).catch(() => undefined);
  if (cluster && (await stat(join(cluster, 'postmaster.pid')).catch(() => undefined))) {
    await requireUnused(dataDir);
  }
  if (cluster) await rm(cluster, { recursive: true, force: true });
  for (const name of [POSTGRES, SECRET, LOGS, MARKER]) {
    await rm(join(dataDir, name), { recursive: true, force: true });
  }
  await rmdir(dataDir).catch(() => undefined);
}

/** PostgreSQL itself knows best whether its lock is that of a running server. */
async function requireUnused(dataDir: string): Promise<void> {
  const postgres = await startPostgres({ dataDir: join(dataDir, POSTGRES) }).catch(
    (error: Error) => {
      if (!inUse(error)) return undefined;
      throw new LocalError(`${dataDir} is in use by another run.`, STOP_IT, { cause: error });
    },
  );
  await postgres?.stop();
}
