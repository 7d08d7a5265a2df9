import { isWithin, type CommitFact } from './commit-facts.ts';
import type { SyncEntry } from './cluster/application-report.ts';
import { IMAGE_PREFIX } from './settings.ts';
import type { Tags } from './images.ts';
import type { ValuesCommit } from './values-history.ts';

/** An image and its whole way. */
export interface Chain {
  app: string;
  tag: string;
  /** The commit whose sources it was built from; undefined when no message tells. */
  source?: CommitFact;
  /** The commits that brought its tag into git, oldest first: more than one after a rollback. */
  values: CommitFact[];
  /** Argo CD's syncs of commits that hold it, oldest first, as far as Argo CD remembers. */
  syncs: { id: number; commit: string; at: string }[];
  /** Pods that run it. */
  pods: string[];
}

/** What a person may name as an image: `backend:4355793976`, with or without what stands before. */
export function parseImage(text: string): { app: string; tag: string } | undefined {
  const [, app, tag] =
    new RegExp(`^(?:(?:.*/)?${IMAGE_PREFIX}/)?([\\w-]+):([\\w.-]+)$`).exec(text) ?? [];
  return app && tag ? { app, tag } : undefined;
}

/** Images whose tag begins with a text. */
export function imagesTagged(
  history: ValuesCommit[],
  prefix: string,
): { app: string; tag: string }[] {
  const found = new Map<string, { app: string; tag: string }>();
  for (const { tags } of history) {
    for (const [app, tag] of Object.entries(tags)) {
      if (tag.startsWith(prefix)) found.set(`${app}:${tag}`, { app, tag });
    }
  }
  return [...found.values()];
}

/** Images that a values commit brought: its tags that the one before did not have. */
export function imagesBrought(
  history: ValuesCommit[],
  commit: string,
): { app: string; tag: string }[] {
  const at = history.findIndex((one) => one.commit === commit);
  const before = history[at + 1]?.tags ?? {};
  return Object.entries(history[at]?.tags ?? {})
    .filter(([app, tag]) => before[app] !== tag)
    .map(([app, tag]) => ({ app, tag }));
}

/**
 * The values commit that first holds what a commit changed: the one made from its sources, or else
 * the first that came after it. Itself when it is one; undefined when it is not shipped yet.
 * @param history newest first
 */
export async function shippedBy(
  folder: string,
  history: ValuesCommit[],
  commit: string,
): Promise<ValuesCommit | undefined> {
  const exact =
    history.find((one) => one.commit === commit) ??
    history.find(({ source, restores }) => source && !restores && commit.startsWith(source));
  if (exact) return exact;
  for (const one of history.toReversed()) {
    if (!one.restores && (await isWithin(folder, commit, one.commit))) return one;
  }
  return undefined;
}

/** What the chains are put together from. */
export interface Facts {
  /** Newest first. */
  history: ValuesCommit[];
  /** Source commits by the abbreviated names in the messages of values commits. */
  sources: Map<string, CommitFact>;
  syncs: SyncEntry[];
  /** Tags that the synced commits hold, as far as this checkout knows them. */
  tagsAt: Map<string, Tags>;
  /** Images of the pods, by pod. */
  pods: { name: string; images: string[] }[];
}

/** The way of one image. */
export function chainOf(app: string, tag: string, facts: Facts): Chain {
  const { history, sources, syncs, tagsAt, pods } = facts;
  const values = history
    .filter((one, at) => one.tags[app] === tag && history[at + 1]?.tags[app] !== tag)
    .toReversed();
  const source = sources.get(values.find((one) => one.source && !one.restores)?.source ?? '');
  return {
    app,
    tag,
    ...(source ? { source } : {}),
    values: values.map(({ commit, subject, time }) => ({ commit, subject, time })),
    syncs: syncs
      .filter(({ revision }) => tagsAt.get(revision)?.[app] === tag)
      .map(({ id, revision, deployedAt }) => ({ id, commit: revision, at: deployedAt })),
    pods: pods
      .filter(({ images }) => images.some((image) => image.endsWith(`/${app}:${tag}`)))
      .map(({ name }) => name)
      .sort(),
  };
}

/** The first sync that Argo CD remembers of a commit, or of one that came after it. */
export async function firstSyncWith(
  folder: string,
  commit: string,
  syncs: SyncEntry[],
): Promise<Chain['syncs'][number] | undefined> {
  for (const { id, revision, deployedAt } of syncs) {
    if (await isWithin(folder, commit, revision)) return { id, commit: revision, at: deployedAt };
  }
  return undefined;
}
