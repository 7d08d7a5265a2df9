import { missingImages, type Tags } from '../images.ts';
import { onCluster } from './on-cluster.ts';
import { describeChanges, isRealTag, sourceOf, tagChanges, type TagChanges } from '../restore.ts';
import { applicationOf, root } from '../settings.ts';
import { expectAutoSync } from '../cluster/auto-sync.ts';
import { ensureEnvironments } from '../cluster/platform.ts';
import { expectDatabaseKnown } from '../cluster/secrets.ts';
import { runStages, type Stage, type StageTimes } from '../stages.ts';
import { appsInWords, cleanTags, commitTags, tagsMessage } from '../tags-commit.ts';
import { UserError } from '../user-error.ts';
import { valuesHistory } from '../values-history.ts';
import { arrivalStages, connect, pushStage, type Delivery } from './deploy-stages.ts';

export interface PromoteOptions {
  profile: string;
  /** Environment whose tags are taken, and the one that gets them. */
  from: string;
  to: string;
  /** Shown the changed tags, a line each; throws when they are not wanted. */
  confirm: (lines: string[]) => Promise<void>;
  /** Begin the sync where that is a person's to do. */
  sync?: boolean | undefined;
  /** Seconds for Argo CD and the pods, each. */
  timeout: number;
  json?: boolean;
}

export interface PromoteResult {
  from: string;
  to: string;
  /** The commit with the promoted tags. */
  commit: string;
  changed: TagChanges;
  /** Why Argo CD does not deploy the commit by itself; null when it has. */
  waits: string | null;
  /** Deployments whose pods were replaced. */
  restarted: string[];
  stages: StageTimes;
  totalMs: number;
}

/**
 * Copies the image tags of one environment to another by one commit, after its changes have been
 * confirmed.
 * @throws UserError when an environment is unknown, an image is missing, or a stage fails
 */
export async function promote(options: PromoteOptions): Promise<PromoteResult> {
  const { profile, from, to, timeout, confirm, sync = false, json = false } = options;
  const began = performance.now();
  const plan = await planPromotion(root, from, to);
  const lines = describeChanges(plan.changed);
  if (lines.length > 0) await confirm(lines);
  const it = { restarted: [], tags: plan.tags } as unknown as Delivery;
  const stages = await onCluster(profile, () =>
    runStages<Delivery>(
      [
        {
          name: 'check',
          title: 'Look for images and Secrets',
          run: async (it) => {
            Object.assign(it, await connect(profile));
            await expectAutoSync(it.cluster, applicationOf(to));
            await ensureEnvironments(it.cluster, [to]);
            await expectDatabaseKnown(it.cluster, to);
            const missing = await missingImages(it.registry, it.tags);
            if (missing.length > 0) throw imagesMissing(missing, from);
            return lines.join('; ') || 'nothing changes';
          },
        },
        commitStage(plan, from, to),
        pushStage(to),
        ...arrivalStages(to, timeout, { bySync: sync }),
      ],
      it,
      { quiet: json },
    ),
  );
  return {
    from,
    to,
    commit: it.commit,
    changed: plan.changed,
    waits: it.waits ?? null,
    restarted: it.restarted,
    stages,
    totalMs: Math.round(performance.now() - began),
  };
}

export interface Promotion {
  /** The tags afterwards. */
  tags: Tags;
  changed: TagChanges;
}

/**
 * What a promotion changes.
 * @param folder the checkout
 * @throws UserError when an environment is unknown, has uncommitted tags, or has no images yet
 */
export async function planPromotion(folder: string, from: string, to: string): Promise<Promotion> {
  if (from === to) {
    throw new UserError(`${from} is promoted to itself.`, 'Name two environments.');
  }
  const [tags, before] = await Promise.all([cleanTags(folder, from), cleanTags(folder, to)]);
  const placeholders = Object.keys(tags).filter((app) => !isRealTag(tags[app]));
  if (placeholders.length > 0 || Object.keys(tags).length === 0) {
    throw new UserError(
      `${from} has no images yet${placeholders.length > 0 ? ` of ${placeholders.join(', ')}` : ''}.`,
      'Run "npm run ship" first.',
    );
  }
  return { tags, changed: tagChanges(before, tags) };
}

function commitStage({ tags, changed }: Promotion, from: string, to: string): Stage<Delivery> {
  return {
    name: 'commit',
    title: 'Write and commit the tags',
    run: async (it) => {
      it.commit = await commitTags(
        root,
        to,
        tags,
        await promotionMessage(root, { tags, changed }, from, to),
      );
      return Object.keys(changed).length > 0 ? it.commit.slice(0, 12) : 'nothing to commit';
    },
  };
}

/** Tells what was promoted, from which commit of the other environment, and its sources. */
export async function promotionMessage(
  folder: string,
  { changed }: Promotion,
  from: string,
  to: string,
): Promise<string> {
  const apps = Object.keys(changed).filter((app) => changed[app]?.to);
  const history = await valuesHistory(folder, from);
  const sources = new Set(apps.map((app) => sourceOf(history, app, changed[app]?.to ?? '')));
  return tagsMessage(
    `Promote ${appsInWords(Object.keys(changed))} to ${to}`,
    Object.fromEntries(apps.map((app) => [app, changed[app]?.to ?? ''])),
    {
      Source: sources.size === 1 ? [...sources][0] : undefined,
      Promotes: history[0] ? `${from} ${history[0].commit.slice(0, 12)}` : undefined,
    },
  );
}

function imagesMissing(apps: string[], from: string): UserError {
  return new UserError(
    `The registry lacks ${from}'s images of ${apps.join(', ')}.`,
    `Run "npm run ship -- --env ${from}" to build and deliver them, and the same command again.`,
  );
}
