import type { Tree } from '@nx/devkit';
import { syncServices } from '../../services/sync-services.ts';

/**
 * Nx sync generator: `npx nx sync` writes what follows from the apps' declarations and config
 * schemas; `npx nx sync:check` names the files that do not hold it.
 */
export default async function syncGenerator(
  tree: Tree,
): Promise<{ outOfSyncMessage: string; outOfSyncDetails: string[] } | undefined> {
  const others = new Set(tree.listChanges().map(({ path }) => path));
  await syncServices(tree);
  const files = tree
    .listChanges()
    .map(({ path }) => path)
    .filter((path) => !others.has(path));
  if (files.length === 0) return undefined;
  return {
    outOfSyncMessage:
      'Some files do not follow from what the apps declare in package.json and src/config.ts.',
    outOfSyncDetails: files,
  };
}
