import { openRunning, readReport } from '../cluster/application-report.ts';
import type { Cluster } from '../cluster/kubernetes.ts';
import { commitFact, type CommitFact } from '../commit-facts.ts';
import { newestOnServer } from '../named-commits.ts';
import { isRealTag } from '../restore.ts';
import { applicationOf, namespaceOf, root } from '../settings.ts';
import {
  chainOf,
  firstSyncWith,
  imagesBrought,
  imagesTagged,
  parseImage,
  shippedBy,
  type Chain,
  type Facts,
} from '../trace-chain.ts';
import { UserError } from '../user-error.ts';
import { findCommit, tagsAt, valuesHistory, type ValuesCommit } from '../values-history.ts';

export interface TraceOptions {
  profile: string;
  env: string;
  /** A commit, a pod, or an image. */
  of: string;
}

export interface Trace {
  environment: string;
  /** What was named. */
  of: { is: 'commit' | 'pod' | 'image'; name: string };
  /** The commit that was named, and Argo CD's first sync with it that Argo CD remembers. */
  commit?: CommitFact;
  sync?: Chain['syncs'][number];
  /** One for each image that came with it; none when a commit is not shipped yet. */
  chains: Chain[];
}

interface Image {
  app: string;
  tag: string;
}

/**
 * The way of a change from its source to the pods, or back, from git and the cluster alone.
 * @throws UserError when there is nothing by that name
 */
export async function trace({ profile, env, of }: TraceOptions): Promise<Trace> {
  const cluster = await openRunning(profile);
  const [report, pods, server] = await Promise.all([
    readReport(cluster, applicationOf(env)),
    podImages(cluster, namespaceOf(env)),
    newestOnServer(profile),
  ]);
  const history = (await valuesHistory(root, env, ['HEAD', ...(server ? [server] : [])])).filter(
    ({ tags }) => Object.values(tags).some(isRealTag),
  );
  const found = await named(of, history, pods);
  const [sources, tags, sync] = await Promise.all([
    sourcesOf(history),
    tagsAt(root, env, [...new Set(report.history.map(({ revision }) => revision))]),
    found.commit && firstSyncWith(root, found.commit.commit, report.history),
  ]);
  const facts: Facts = { history, sources, syncs: report.history, tagsAt: tags, pods };
  const { images, ...rest } = found;
  return {
    environment: env,
    ...rest,
    ...(sync ? { sync } : {}),
    chains: images.map((one) => chainOf(one.app, one.tag, facts)),
  };
}

/** What a person named, and the images that have to do with it. */
async function named(
  of: string,
  history: ValuesCommit[],
  pods: Facts['pods'],
): Promise<Pick<Trace, 'of' | 'commit'> & { images: Image[] }> {
  const pod = pods.find(({ name }) => name === of);
  if (pod) {
    const images = pod.images.map(parseImage).filter((image) => image !== undefined);
    return { of: { is: 'pod', name: of }, images };
  }
  const image = parseImage(of);
  const tagged = image
    ? imagesTagged(history, image.tag).filter(({ app }) => app === image.app)
    : /^\d{6,}$/.test(of)
      ? imagesTagged(history, of)
      : [];
  if (tagged.length > 0) return { of: { is: 'image', name: of }, images: tagged };
  const commit = image ? undefined : await findCommit(root, of);
  const fact = commit && (await commitFact(root, commit));
  if (!fact) throw nothing(of);
  const shipped = await shippedBy(root, history, fact.commit);
  const images = shipped ? imagesBrought(history, shipped.commit) : [];
  return { of: { is: 'commit', name: of }, commit: fact, images };
}

async function podImages({ core }: Cluster, namespace: string): Promise<Facts['pods']> {
  const { items } = await core.listNamespacedPod({ namespace });
  return items.map(({ metadata, spec }) => ({
    name: metadata?.name ?? '',
    images: spec?.containers.map(({ image }) => image ?? '') ?? [],
  }));
}

async function sourcesOf(history: ValuesCommit[]): Promise<Map<string, CommitFact>> {
  const names = [...new Set(history.flatMap(({ source }) => (source ? [source] : [])))];
  const facts = await Promise.all(
    names.map(async (name) => [name, await commitFact(root, name)] as const),
  );
  return new Map(facts.filter((one): one is [string, CommitFact] => one[1] !== undefined));
}

function nothing(of: string): UserError {
  return new UserError(
    `"${of}" is no commit, no pod and no image that this checkout or the cluster knows.`,
    '"npm run status" shows pods\' images; "git fetch minikube" brings commits of others.',
  );
}
