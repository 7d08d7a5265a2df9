import type { Tags } from './images.ts';
import { UserError } from './user-error.ts';
import type { ValuesCommit } from './values-history.ts';

/** What a rollback brings back. */
export interface Restoration {
  /** The commit whose tags come back. */
  to: Pick<ValuesCommit, 'commit' | 'subject' | 'time'>;
  /** All tags of the environment afterwards. */
  tags: Tags;
}

/** Whether a tag names an image; a new checkout has placeholders. */
export const isRealTag = (tag: string | undefined): tag is string => !!tag && !/^0+$/.test(tag);

/**
 * Images that a rollback took away and nothing brought again: nobody wants to go back to them.
 * @param history newest first
 * @returns `app:tag`
 */
export function abandonedImages(history: ValuesCommit[]): Set<string> {
  const abandoned = new Set<string>();
  let before: Tags = {};
  for (const { tags, restores } of history.toReversed()) {
    for (const [app, tag] of Object.entries(tags)) {
      if (before[app] === tag) continue;
      if (restores && before[app]) abandoned.add(`${app}:${before[app]}`);
      abandoned.delete(`${app}:${tag}`);
    }
    before = tags;
  }
  return abandoned;
}

/**
 * The newest state before the current one that is worth going back to: other tags than now, images
 * that exist, none that an earlier rollback took away. States that Argo CD remembers to have
 * deployed come first.
 * @param history newest first
 * @param current the tags that git has now
 * @param app the one service to go back with; all when left out
 * @param deployed tags of the revisions that Argo CD deployed
 */
export function lastGood(
  history: ValuesCommit[],
  current: Tags,
  app?: string,
  deployed: Tags[] = [],
): ValuesCommit | undefined {
  const abandoned = abandonedImages(history);
  const apps = app ? [app] : Object.keys(current);
  const worthwhile = history.filter(({ tags }) => {
    const known = apps.filter((name) => name in tags);
    return (
      known.some((name) => tags[name] !== current[name]) &&
      known.every((name) => isRealTag(tags[name]) && !abandoned.has(`${name}:${tags[name]}`))
    );
  });
  const ran = worthwhile.find(({ tags }) =>
    deployed.some((other) => apps.every((name) => !(name in tags) || tags[name] === other[name])),
  );
  return ran ?? worthwhile[0];
}

/** The tags of an environment after some of them, or all, have come back. */
export function restoredTags(current: Tags, target: Tags, app?: string): Tags {
  return Object.fromEntries(
    Object.entries(current).map(([name, tag]) => [
      name,
      app === undefined || app === name ? (target[name] ?? tag) : tag,
    ]),
  );
}

/**
 * What a rollback brings back.
 * @param history of the environment's tags, newest first
 * @param app the one service to go back with
 * @throws UserError when there is no such service, or nothing to go back to
 */
export function planRollback(
  history: ValuesCommit[],
  current: Tags,
  { app, deployed }: { app?: string | undefined; deployed?: Tags[] },
): Restoration {
  expectService(current, app);
  const to = lastGood(history, current, app, deployed);
  if (!to) {
    throw new UserError(
      `There is nothing to go back to: git knows no earlier image${app ? ` of ${app}` : 's'}, except what a rollback took away.`,
      'Name a commit with --to; "git log gitops/environments" lists those that changed tags.',
    );
  }
  return { to, tags: restoredTags(current, to.tags, app) };
}

/**
 * The rollback that the newest commit made when it did not get all the way: running the same command
 * again goes on with it, and not further back.
 * @param deployed tags that Argo CD deployed last; undefined when that is not known
 * @param onServer whether the git server has the newest commit
 */
export function unfinishedRollback(
  history: ValuesCommit[],
  {
    app,
    deployed,
    onServer,
  }: { app?: string | undefined; deployed: Tags | undefined; onServer: boolean },
): Restoration | undefined {
  const [newest, before] = history;
  if (!newest?.restores || !before) return undefined;
  if (onServer && (!deployed || isSame(deployed, newest.tags))) return undefined;
  const again = lastGood(history.slice(1), before.tags, app);
  if (!again || !isSame(restoredTags(before.tags, again.tags, app), newest.tags)) return undefined;
  return { to: again, tags: newest.tags };
}

const isSame = (one: Tags, other: Tags) => Object.keys(tagChanges(one, other)).length === 0;

/**
 * @throws UserError when an environment has no such service
 */
export function expectService(current: Tags, app: string | undefined): void {
  if (app === undefined || app in current) return;
  throw new UserError(
    `There is no service "${app}".`,
    `Name one of: ${Object.keys(current).join(', ')}; or none, to roll back all.`,
  );
}

/**
 * The values commit that a person means by a commit: itself when it changed tags, else the one that
 * shipped its sources, else undefined.
 */
export function valuesCommitOf(history: ValuesCommit[], commit: string): ValuesCommit | undefined {
  return (
    history.find((one) => one.commit === commit) ??
    history.find(({ source, restores }) => source && !restores && commit.startsWith(source))
  );
}

/** The commit (abbreviated) that an image was first built from; undefined when no message tells. */
export function sourceOf(history: ValuesCommit[], app: string, tag: string): string | undefined {
  return history.findLast(({ tags, source, restores }) => source && !restores && tags[app] === tag)
    ?.source;
}

/** Apps whose tag differs, with both tags. */
export type TagChanges = Record<string, { from: string; to: string }>;

/** What changes between two sets of tags; apps without a tag have the empty string. */
export function tagChanges(before: Tags, after: Tags): TagChanges {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return Object.fromEntries(
    names
      .filter((app) => before[app] !== after[app])
      .map((app) => [app, { from: before[app] ?? '', to: after[app] ?? '' }]),
  );
}

/** Changed tags in words, one text per app: `backend 4355793976 → 1234567890`. */
export function describeChanges(changes: TagChanges): string[] {
  return Object.entries(changes).map(
    ([app, { from, to }]) => `${app} ${from.slice(0, 10) || 'none'} → ${to.slice(0, 10) || 'none'}`,
  );
}
