import type { Tree } from '@nx/devkit';

const FILE = 'package-lock.json';

/** Parts of a package.json that npm copies into the lock file. */
export interface LockedManifest {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

interface LockFile {
  packages: Record<string, { version?: string } & Record<string, unknown>>;
}

/**
 * Adds an app of this workspace to package-lock.json, as `npm install` would; without it `npm ci`
 * refuses.
 * @param folder the app's, such as `apps/backend`
 */
export function lockWorkspace(tree: Tree, folder: string, manifest: LockedManifest): void {
  const { name, version, dependencies, devDependencies } = manifest;
  const lock = read(tree);
  write(tree, {
    ...lock,
    packages: {
      ...lock.packages,
      [folder]: {
        name,
        version,
        ...(dependencies && { dependencies: sorted(dependencies) }),
        ...(devDependencies && { devDependencies: sorted(devDependencies) }),
      },
      [linkOf(name)]: { resolved: folder, link: true },
    },
  });
}

/** Takes an app out of package-lock.json again. */
export function unlockWorkspace(tree: Tree, folder: string): void {
  const lock = read(tree);
  const link = linkOf(String(lock.packages[folder]?.['name']));
  const kept = Object.entries(lock.packages).filter(([path]) => path !== folder && path !== link);
  write(tree, { ...lock, packages: Object.fromEntries(kept) });
}

/**
 * The version of a package that is installed for all workspaces, so that whoever asks for exactly
 * this one changes nothing else in the lock file.
 * @throws Error when it is not installed
 */
export function lockedVersion(tree: Tree, name: string): string {
  const version = read(tree).packages[`node_modules/${name}`]?.version;
  if (!version) throw new Error(`${FILE} has no ${name} at the top of node_modules.`);
  return version;
}

const linkOf = (name: string) => `node_modules/${name}`;
const read = (tree: Tree) => JSON.parse(tree.read(FILE, 'utf8') ?? '') as LockFile;

function write(tree: Tree, lock: LockFile): void {
  const text = JSON.stringify({ ...lock, packages: sorted(lock.packages) }, null, 2);
  tree.write(FILE, `${text}\n`);
}

/** npm's own order. */
function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record).sort(([one], [other]) => one.localeCompare(other, 'en')),
  );
}
