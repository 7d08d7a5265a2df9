import { repository } from './repository.ts';
import { UserError } from './user-error.ts';

/** What decides images and manifests; everything else may lie about uncommitted. */
const SHIPPED = [
  'apps',
  'libs',
  'charts',
  'gitops',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'nx.json',
];

/** Files among those that no image and no manifest is made from. */
const NEVER_SHIPPED = [
  /^apps\/e2e\//,
  /\.spec\.tsx?$/,
  /\/testing\//,
  /\/vitest\.config\.ts$/,
  /\/README\.md$/,
  // Written, and committed, by ship itself.
  /^gitops\/environments\/[^/]+\/images\.yaml$/,
];

/** Whether images or manifests are made from a file (path relative to the repository). */
export function isShipped(file: string): boolean {
  return !NEVER_SHIPPED.some((pattern) => pattern.test(file));
}

/** Files with changes that a ship would bring to the cluster and that no commit has. */
export async function uncommittedSources(): Promise<string[]> {
  return (await repository.uncommitted(SHIPPED)).filter(isShipped);
}

/**
 * @param files uncommitted files
 * @throws UserError when there are any: an image that no commit explains could not be traced, nor
 *   built again, and edited charts would stay behind
 */
export function expectCommitted(files: string[]): void {
  if (files.length === 0) return;
  const shown = files.slice(0, 5).join(', ');
  const more = files.length > 5 ? ` and ${files.length - 5} more` : '';
  throw new UserError(
    `There are changes that no commit has: ${shown}${more}. Nobody could tell later what was shipped.`,
    'Commit them ("git commit -am …") and ship again, or ship them all the same with "npm run ship -- --allow-dirty" (charts and values are taken from the commit).',
  );
}
