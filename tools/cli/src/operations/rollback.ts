import { deployedRevisions, expectAutoSync } from '../cluster/auto-sync.ts';
import { deliverImages, missingImages, type Tags } from '../images.ts';
import { onCluster } from './on-cluster.ts';
import { rebuildImages } from '../rebuild.ts';
import {
  describeChanges,
  expectService,
  isRealTag,
  planRollback,
  restoredTags,
  sourceOf,
  tagChanges,
  unfinishedRollback,
  valuesCommitOf,
  type Restoration,
  type TagChanges,
} from '../restore.ts';
import { applicationOf, root } from '../settings.ts';
import { runStages, type Stage, type StageTimes } from '../stages.ts';
import { appsInWords, cleanTags, commitTags, tagsMessage } from '../tags-commit.ts';
import { UserError } from '../user-error.ts';
import { findCommit, isOnServer, tagsAt, valuesHistory } from '../values-history.ts';
import type { ValuesCommit } from '../values-history.ts';
import { arrivalStages, connect, pushStage, type Delivery } from './deploy-stages.ts';

export interface RollbackOptions {
  profile: string;
  env: string;
  /** The one service to roll back; all when left out. */
  service?: string | undefined;
  /** The commit to go back to; the last good one when left out. */
  to?: string | undefined;
  /** Seconds for Argo CD and the pods, each. */
  timeout: number;
  json?: boolean;
}

export interface RollbackResult {
  environment: string;
  /** The commit whose tags are back. */
  to: string;
  /** The commit that says so. */
  commit: string;
  /** Tags that changed, by service. */
  changed: TagChanges;
  /** Services whose image had to be built again, and those whose image was pushed. */
  built: string[];
  delivered: string[];
  /** Deployments whose pods were replaced. */
  restarted: string[];
  /** Why Argo CD does not deploy the commit by itself; null when it has. */
  waits: string | null;
  /** Milliseconds by stage. */
  stages: StageTimes;
  totalMs: number;
}

/** The environment whose commits tell what images were built from; others get theirs from it. */
const SHIPPED = 'dev';

interface Rollback extends Delivery {
  history: ValuesCommit[];
  current: Tags;
  to: Restoration['to'];
  built: string[];
  delivered: string[];
}

/**
 * Brings earlier image tags back with a commit of their own, and waits until their pods are
 * healthy. History is never rewritten, and Argo CD goes on following git.
 * @throws UserError when there is nothing to go back to, or a stage fails; running it again goes on
 */
export async function rollback(options: RollbackOptions): Promise<RollbackResult> {
  const began = performance.now();
  const it = { built: [], delivered: [], restarted: [] } as unknown as Rollback;
  const stages = await onCluster(options.profile, () =>
    runStages(rollbackStages(options), it, { quiet: options.json ?? false }),
  );
  return {
    environment: options.env,
    to: it.to.commit,
    commit: it.commit,
    changed: tagChanges(it.current, it.tags),
    built: it.built,
    delivered: it.delivered,
    restarted: it.restarted,
    waits: it.waits ?? null,
    stages,
    totalMs: Math.round(performance.now() - began),
  };
}

function rollbackStages(options: RollbackOptions): Stage<Rollback>[] {
  const { profile, env, service, timeout } = options;
  return [
    {
      name: 'target',
      title: 'Find what to go back to',
      run: async (it) => {
        it.current = await cleanTags(root, env);
        expectService(it.current, service);
        it.history = await valuesHistory(root, env);
        const named = options.to === undefined ? undefined : await target(it, options);
        Object.assign(it, await connect(profile));
        await expectAutoSync(it.cluster, applicationOf(env));
        const found = named ?? (await lastGoodHere(it, env, service));
        it.to = found.to;
        it.tags = found.tags;
        const changes = describeChanges(tagChanges(it.current, it.tags));
        return `${it.to.commit.slice(0, 12)} (${it.to.subject}): ${changes.join('; ') || 'git has its tags already'}`;
      },
    },
    {
      name: 'deliver',
      title: 'Look for the images',
      run: async (it, progress) => {
        const missing = await missingImages(it.registry, it.tags);
        const builds = env === SHIPPED ? it.history : await valuesHistory(root, SHIPPED);
        it.built = await rebuildImages(root, it.tags, missing, builds, progress);
        await deliverImages(it.registry, it.tags, missing);
        it.delivered = missing;
        if (missing.length === 0) return 'the registry has them';
        return `${missing.join(', ')} delivered${it.built.length > 0 ? `; ${it.built.join(', ')} built again` : ''}`;
      },
    },
    {
      name: 'commit',
      title: 'Write and commit the tags',
      run: async (it) => {
        const changes = tagChanges(it.current, it.tags);
        it.commit = await commitTags(root, env, it.tags, rollbackMessage(it, env));
        return Object.keys(changes).length > 0 ? it.commit.slice(0, 12) : 'nothing to commit';
      },
    },
    pushStage(env),
    ...arrivalStages(env, timeout),
  ];
}

/** The state that a person named with --to. */
async function target(it: Rollback, { to, service, env }: RollbackOptions): Promise<Restoration> {
  const commit = await findCommit(root, to ?? '');
  if (!commit) {
    throw new UserError(
      `There is no commit "${to}" in this checkout.`,
      `"git log gitops/environments/${env}/images.yaml" lists the commits that changed tags; "git fetch minikube" brings those of others.`,
    );
  }
  const found = valuesCommitOf(it.history, commit);
  const tags = found?.tags ?? (await tagsAt(root, env, [commit])).get(commit);
  const wanted = service ? [service] : Object.keys(it.current);
  if (!tags || !wanted.some((app) => isRealTag(tags[app]))) {
    throw new UserError(
      `Commit ${commit.slice(0, 12)} names no image${service ? ` of ${service}` : 's'} for ${env}.`,
      `"git log gitops/environments/${env}/images.yaml" lists the commits that do.`,
    );
  }
  const real = Object.fromEntries(Object.entries(tags).filter(([, tag]) => isRealTag(tag)));
  return {
    to: found ?? { commit, subject: 'as it was then', time: '' },
    tags: restoredTags(it.current, real, service),
  };
}

async function lastGoodHere(it: Rollback, env: string, app?: string): Promise<Restoration> {
  const revisions = await deployedRevisions(it.cluster, applicationOf(env));
  const deployed = await tagsAt(root, env, revisions);
  const newest = it.history[0];
  const unfinished = unfinishedRollback(it.history, {
    app,
    deployed: deployed.get(revisions[0] ?? ''),
    onServer: newest !== undefined && (await isOnServer(root, newest.commit)),
  });
  return (
    unfinished ?? planRollback(it.history, it.current, { app, deployed: [...deployed.values()] })
  );
}

function rollbackMessage(it: Rollback, env: string): string {
  const apps = Object.keys(tagChanges(it.current, it.tags));
  const sources = new Set(apps.map((app) => sourceOf(it.history, app, it.tags[app] ?? '')));
  return tagsMessage(
    `Roll back ${appsInWords(apps)} in ${env}`,
    Object.fromEntries(apps.map((app) => [app, it.tags[app] ?? ''])),
    {
      Source: sources.size === 1 ? [...sources][0] : undefined,
      Restores: it.to.commit.slice(0, 12),
    },
  );
}
