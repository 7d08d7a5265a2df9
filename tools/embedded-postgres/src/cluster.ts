import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './error.ts';
import { isReachable, type Owner } from './owner.ts';
import { scratchFolder } from './scratch.ts';

/** The database superuser of every cluster made here. */
export const SUPERUSER = 'todo';
const PASSWORD_FILE = 'todo-password';

/** A data directory that is ready to be started. */
export interface Cluster {
  dataDir: string;
  password: string;
}

/**
 * Opens the cluster in `dataDir`, or makes one there with a random password (kept inside it, 0600).
 * It is made in a folder beside and renamed into place, so an interrupted start leaves nothing
 * half-made. Where PostgreSQL's user cannot reach `dataDir`, it becomes a link to a folder that it
 * can reach.
 * @param dataDir absolute path
 * @throws EmbeddedPostgresError for a folder with other content, another owner or another major version
 */
export async function openCluster(
  dataDir: string,
  binaries: Binaries,
  owner: Owner,
  durable: boolean,
): Promise<Cluster> {
  if (!(await hasContent(dataDir))) await createCluster(dataDir, binaries, owner, durable);
  const real = await realpath(dataDir);
  const version = await read(join(real, 'PG_VERSION'), dataDir);
  if (version === undefined)
    throw new EmbeddedPostgresError(
      `${dataDir} holds files but no PostgreSQL cluster, so it was left alone. Choose an empty or new folder.`,
    );
  if (version !== binaries.major)
    throw new EmbeddedPostgresError(
      `${dataDir} was made by PostgreSQL ${version}, but this is PostgreSQL ${binaries.major}, which cannot read it. ` +
        'Move the folder away to begin anew, or dump it with the old version first.',
    );
  const password = await read(join(real, PASSWORD_FILE), dataDir);
  if (!password)
    throw new EmbeddedPostgresError(
      `${dataDir} has no ${PASSWORD_FILE} file, so it was not made by this tool. Choose another folder.`,
    );
  return { dataDir: real, password };
}

async function createCluster(dataDir: string, binaries: Binaries, owner: Owner, durable: boolean) {
  await mkdir(dirname(dataDir), { recursive: true });
  const parent = await realpath(dirname(dataDir));
  const reachable = await isReachable(join(parent, 'x'), owner);
  const home = reachable ? parent : await scratchFolder(owner);
  const fresh = await mkdtemp(
    join(home, `${reachable ? basename(dataDir) : 'todo-postgres'}.new-`),
  );
  const password = randomBytes(24).toString('base64url');
  const passwordFile = `${fresh}.password`;
  try {
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
    await chmod(fresh, 0o700);
    if (owner) {
      await chown(fresh, owner.uid, owner.gid);
      await chown(passwordFile, owner.uid, owner.gid);
    }
    await promisify(execFile)(
      binaries.initdb,
      [
        ...['-D', fresh, `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`],
        ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions'],
        ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
        ...(durable ? [] : ['--no-sync']),
      ],
      { cwd: '/', env: { PATH: process.env['PATH'], LC_ALL: 'C' }, ...owner },
    ).catch((error: Error & { stderr?: string }) => {
      throw new EmbeddedPostgresError(
        `PostgreSQL could not make a cluster for ${dataDir}. It said: ${error.stderr?.trim() || error.message}`,
        { cause: error },
      );
    });
    await rename(passwordFile, join(fresh, PASSWORD_FILE));
    if (reachable) await rename(fresh, dataDir);
    else await linkTo(fresh, dataDir);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
    // Somebody else made the cluster meanwhile: theirs is used.
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return;
    throw error;
  }
}

async function linkTo(target: string, dataDir: string) {
  const found = await lstat(dataDir).catch(() => undefined);
  if (found?.isSymbolicLink() || found?.isDirectory()) await rm(dataDir, { recursive: true });
  await symlink(target, dataDir);
}

async function hasContent(dataDir: string): Promise<boolean> {
  try {
    return (await readdir(dataDir)).length > 0;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return false;
    if (code === 'EACCES') throw notOurs(dataDir);
    throw error;
  }
}

async function read(path: string, dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return undefined;
    if (code === 'EACCES') throw notOurs(dataDir);
    throw error;
  }
}

function notOurs(dataDir: string) {
  return new EmbeddedPostgresError(
    `${dataDir} belongs to another user (was it made by root?). Start as that user, or choose another folder.`,
  );
}
