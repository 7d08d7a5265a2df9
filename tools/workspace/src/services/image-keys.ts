import { execFileSync } from 'node:child_process';
import type { Tree } from '@nx/devkit';
import { imagesFile, readImageTags, writeImageTags } from '../images-file.ts';
import { environments } from './refresh-paths.ts';

/** Tag of an app that was never shipped to an environment. `npm run ship` writes the real one. */
export const NOT_SHIPPED = '0000000000';

/**
 * Gives every environment's images.yaml one entry per app. A new app's tag is that of the last
 * commit, so that a lost line comes back as it was, or NOT_SHIPPED when there is none.
 * @param committed text of a file in the last commit
 */
export function syncImageKeys(
  tree: Tree,
  apps: string[],
  committed: (file: string) => string | undefined,
): void {
  for (const environment of environments(tree)) {
    const file = imagesFile(environment);
    const before = tree.read(file, 'utf8') ?? undefined;
    const tags = readImageTags(before);
    const missing = apps.some((app) => !tags[app]);
    const last = missing ? readImageTags(committed(file)) : {};
    const wanted = apps.map((app) => [app, tags[app] || last[app] || NOT_SHIPPED]);
    const after = writeImageTags(before, Object.fromEntries(wanted), environment);
    if (after !== before) tree.write(file, after);
  }
}

/** Text of a file in the last commit of the repository at `root`; undefined when there is none. */
export function committedText(root: string, file: string): string | undefined {
  try {
    return execFileSync('git', ['show', `HEAD:./${file}`], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
}
