import { attentionOf } from '../attention.ts';
import { checkoutState, type CheckoutState } from '../checkout-state.ts';
import type { AutoSync } from '../cluster/auto-sync.ts';
import { openRunning, readReport, type ApplicationReport } from '../cluster/application-report.ts';
import { driftOf, type Drift } from '../cluster/drift.ts';
import { GITEA_REPO_URL } from '../cluster/gitea.ts';
import { serviceStates, type ServiceState } from '../cluster/service-state.ts';
import { commitFact, type CommitFact } from '../commit-facts.ts';
import type { ImageBuilder } from '../image-builder.ts';
import { committedTags } from '../images.ts';
import { newestOnServer } from '../named-commits.ts';
import { renderEnvironment } from '../render-chart.ts';
import { isRealTag, tagChanges, type TagChanges } from '../restore.ts';
import { applicationOf, namespaceOf, root } from '../settings.ts';
import { tagsAt } from '../values-history.ts';

export interface StatusOptions {
  profile: string;
  env: string;
  builder: ImageBuilder;
}

/** How an environment stands. */
export interface Status {
  profile: string;
  environment: string;
  namespace: string;
  /** The commit in the cluster; without subject when this checkout does not have it. */
  applied?: { commit: string; subject?: string; at?: string };
  /** The repository that Argo CD reads, and whether its server is outside the cluster. */
  repository: { url: string; outside: boolean };
  /** No images were ever promoted to it: it has no pods, and is not meant to. */
  empty: boolean;
  git: CheckoutState;
  sync: string;
  health: string;
  autoSync: AutoSync;
  services: ServiceState[];
  /** Objects in the cluster that are not as git says. */
  drift: Drift[];
  /** Services whose sources here would make another image than the committed one. */
  behind: TagChanges;
  /** What somebody should look at; empty when all is well. */
  attention: string[];
}

/**
 * How an environment stands: git, Argo CD, pods, what differs and what is not shipped yet. Changes
 * nothing in the cluster.
 * @throws UserError when the cluster does not run or lacks the environment
 */
export async function status({ profile, env, builder }: StatusOptions): Promise<Status> {
  const namespace = namespaceOf(env);
  const behind = unshipped(env, builder);
  behind.catch(() => undefined);
  const cluster = await openRunning(profile);
  const [report, services, server] = await Promise.all([
    readReport(cluster, applicationOf(env)),
    serviceStates(cluster, namespace),
    newestOnServer(profile),
  ]);
  const applied = report.applied?.commit;
  const empty = !applied && !(await hasImages(env, server));
  const [git, fact, drift] = await Promise.all([
    checkoutState(root, env, { server, applied }),
    applied ? commitFact(root, applied) : undefined,
    differences(cluster.context, report, env),
  ]);
  return {
    profile,
    environment: env,
    namespace,
    ...(report.applied ? { applied: { ...report.applied, ...subjectOf(fact) } } : {}),
    repository: { url: report.repository, outside: report.repository !== GITEA_REPO_URL },
    empty,
    git,
    sync: report.sync,
    health: report.health,
    autoSync: report.autoSync,
    services,
    drift,
    behind: await behind,
    attention: attentionOf({ report, git, services, drift, empty }),
  };
}

const subjectOf = (fact: CommitFact | undefined) => (fact ? { subject: fact.subject } : {});

async function unshipped(environment: string, builder: ImageBuilder): Promise<TagChanges> {
  const [committed, computed] = await Promise.all([committedTags(environment), builder.tags()]);
  return tagChanges(committed, computed);
}

/** Whether an environment has real tags on the git server, or here when that does not answer. */
async function hasImages(environment: string, server: string | undefined): Promise<boolean> {
  const commit = server ?? 'HEAD';
  const tags = (await tagsAt(root, environment, [commit])).get(commit) ?? {};
  return Object.values(tags).some(isRealTag);
}

async function differences(
  context: string,
  { outOfSync, comparedTo, applied }: ApplicationReport,
  environment: string,
): Promise<Drift[]> {
  // Before the first sync everything is missing, which says nothing.
  if (outOfSync.length === 0 || !applied) return [];
  // Without Helm, or the commit, the names of the objects are all that can be told.
  const rendered = comparedTo
    ? await renderEnvironment(root, comparedTo, environment).catch(() => undefined)
    : undefined;
  return driftOf(context, outOfSync, rendered);
}
