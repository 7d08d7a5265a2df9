import { constants } from 'node:fs';
import { cp, glob, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { IMAGE_TARGET } from '@todo/workspace';
import { run, runTelling } from './command-line.ts';
import { locallyMissing, type Tags } from './images.ts';
import { sourceOf } from './restore.ts';
import { nxBuild } from './nx-build.ts';
import { UserError } from './user-error.ts';
import { findCommit, type ValuesCommit } from './values-history.ts';

/**
 * Makes sure that this machine's Docker has images that the registry lacks. Those that Docker lacks
 * too are built again, from the sources that they came from, in a worktree beside the checkout.
 * @param folder the checkout
 * @param tags image tags by app
 * @param apps whose image is needed
 * @param history of the environment's tags: it knows the sources
 * @returns the apps whose image was built
 * @throws UserError when the sources are unknown, or no longer give that tag
 */
export async function rebuildImages(
  folder: string,
  tags: Tags,
  apps: string[],
  history: ValuesCommit[],
  onLine: (line: string) => void,
): Promise<string[]> {
  const lost = await locallyMissing(tags, apps);
  const bySource = Map.groupBy(lost, (app) => sourceOf(history, app, tags[app] ?? '') ?? '');
  for (const [source, group] of bySource) {
    const commit = source && (await findCommit(folder, source));
    if (!commit) throw sourceUnknown(group, tags, source);
    await inWorktree(folder, commit, onLine, (worktree) =>
      nxBuild(worktree, IMAGE_TARGET, group, onLine),
    );
    for (const app of await locallyMissing(tags, group)) throw otherTag(app, tags, source);
  }
  return lost;
}

/**
 * Runs an action in a checkout of another commit, with its packages installed, and removes it.
 * @param folder the person's own checkout, which stays as it is
 */
export async function inWorktree(
  folder: string,
  commit: string,
  onLine: (line: string) => void,
  action: (worktree: string) => Promise<void>,
): Promise<void> {
  const worktree = join(folder, '.todo', 'worktrees', commit.slice(0, 12));
  const git = (...args: string[]) => run('git', args, { cwd: folder });
  const remove = async () => {
    await rm(worktree, { recursive: true, force: true });
    await git('worktree', 'prune');
  };
  await mkdir(join(folder, '.todo', 'worktrees'), { recursive: true });
  await remove();
  onLine(`checking out ${commit.slice(0, 12)}`);
  await git('worktree', 'add', '--quiet', '--force', '--detach', worktree, commit);
  try {
    await installPackages(folder, worktree, onLine);
    await action(worktree);
  } finally {
    await remove();
  }
}

async function installPackages(
  folder: string,
  worktree: string,
  onLine: (line: string) => void,
): Promise<void> {
  const [mine, theirs] = await Promise.all(
    [folder, worktree].map((path) => readFile(join(path, 'package-lock.json'), 'utf8')),
  );
  if (mine !== theirs) {
    return runTelling('npm', ['ci', '--no-audit', '--no-fund'], onLine, { cwd: worktree });
  }
  onLine('copying the packages');
  for await (const path of glob('{,{apps,libs,tools}/*/}node_modules', { cwd: folder })) {
    // Links to the workspace's own packages are relative: in the copy they lead to its sources.
    await cp(join(folder, path), join(worktree, path), {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    });
  }
}

function sourceUnknown(apps: string[], tags: Tags, source: string): UserError {
  const images = apps.map((app) => `${app}:${tags[app]}`).join(', ');
  return new UserError(
    `The registry no longer holds ${images}, and ${source ? `this checkout does not have its source ${source}` : 'no commit tells its source'}.`,
    source
      ? 'Fetch the commit ("git fetch --all") and run the same command again, or name another commit with --to.'
      : 'Name another commit with --to; its images are looked for, and built when they are missing.',
  );
}

function otherTag(app: string, tags: Tags, source: string): UserError {
  return new UserError(
    `The registry no longer holds ${app}:${tags[app]}, and its source ${source} gives another tag today.`,
    'It was built from changes that were not committed, or on another base image (BASE_IMAGE). Name another commit with --to.',
  );
}
