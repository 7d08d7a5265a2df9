import type { V1Deployment } from '@kubernetes/client-node';
import { until } from '../until.ts';
import { healthWatch } from './explanation.ts';
import type { Cluster } from './kubernetes.ts';
import { podTroubles, rolloutFailed } from './pod-trouble.ts';

const REVISION = 'deployment.kubernetes.io/revision';

/** Rollout revision of every Deployment in a namespace; it changes when its pods are replaced. */
export async function rolloutRevisions(
  { apps }: Cluster,
  namespace: string,
): Promise<Map<string, string>> {
  const { items } = await apps.listNamespacedDeployment({ namespace });
  return new Map(
    items.map(({ metadata }) => [metadata?.name ?? '', metadata?.annotations?.[REVISION] ?? '']),
  );
}

/** What keeps a Deployment's rollout from being complete; undefined when it is. */
export function pendingRollout({ metadata, spec, status }: V1Deployment): string | undefined {
  const name = metadata?.name ?? 'Deployment';
  const wanted = spec?.replicas ?? 1;
  if ((status?.observedGeneration ?? 0) < (metadata?.generation ?? 0))
    return `${name} was not seen yet`;
  if ((status?.updatedReplicas ?? 0) < wanted) {
    return `${name}: ${status?.updatedReplicas ?? 0} of ${wanted} pods are new`;
  }
  if ((status?.replicas ?? 0) > wanted)
    return `${name}: ${(status?.replicas ?? 0) - wanted} old pods remain`;
  if ((status?.availableReplicas ?? 0) < wanted) {
    return `${name}: ${status?.availableReplicas ?? 0} of ${wanted} pods are ready`;
  }
  return undefined;
}

/** How long a Deployment may go on saying that it makes no progress. */
const STUCK_PATIENCE_MS = 20_000;

/**
 * Waits until every Deployment has nothing but its newest pods, all available. The pods that they
 * replaced may still end.
 * @param images the image each Deployment must have, by Deployment name; others only need be complete
 * @throws UserError with the pod's reason and last log lines when it cannot become ready, or with
 *   what is wrong with the node or the registry
 */
export async function waitForRollouts(
  cluster: Cluster,
  namespace: string,
  tags: Record<string, string>,
  seconds: number,
  onPending?: (reason: string) => void,
): Promise<void> {
  const began = performance.now();
  const watchNode = healthWatch(cluster, ['node'], 'the pods');
  const watchPull = healthWatch(cluster, ['node', 'registry'], 'the pods');
  await until(
    async () => {
      const { items } = await cluster.apps.listNamespacedDeployment({ namespace });
      const pending =
        missingImage(items, tags) ??
        items.map(pendingRollout).find((reason) => reason !== undefined);
      if (pending === undefined) return true;
      const troubles = await podTroubles(cluster, namespace, tags);
      const hopeless = troubles.find((trouble) => trouble.hopeless);
      if (hopeless) throw await rolloutFailed(cluster, namespace, hopeless.reason, hopeless.pod);
      const stuck = items.find(({ status }) =>
        status?.conditions?.some(({ reason }) => reason === 'ProgressDeadlineExceeded'),
      );
      const trouble = troubles[0];
      // The condition may be left from an earlier rollout whose cause is gone by now.
      if (stuck && performance.now() - began > STUCK_PATIENCE_MS) {
        const reason = trouble?.reason ?? `${stuck.metadata?.name} makes no progress`;
        throw await rolloutFailed(cluster, namespace, reason, trouble?.pod);
      }
      const pulls = troubles.some(({ reason }) => /ImagePull/.test(reason));
      const why = (await (pulls ? watchPull : watchNode)()) ?? trouble?.reason;
      return why ? `${pending} (${why})` : pending;
    },
    {
      what: `the pods in ${namespace}`,
      seconds,
      ...(onPending ? { onPending } : {}),
      hint: `Look at "kubectl -n ${namespace} get pods" and "kubectl -n ${namespace} get events".`,
    },
  );
}

function missingImage(items: V1Deployment[], tags: Record<string, string>): string | undefined {
  for (const { metadata, spec } of items) {
    const tag = tags[metadata?.name ?? ''];
    const image = spec?.template.spec?.containers[0]?.image;
    if (tag && !image?.endsWith(`:${tag}`)) return `${metadata?.name} still has image ${image}`;
  }
  return items.length === 0 ? 'there are no Deployments yet' : undefined;
}

/**
 * Waits until the pods that a rollout replaced have ended. Until then they answer on connections
 * that are open; only when they are gone is all traffic new.
 */
export async function waitForOldPods(
  { apps, core }: Cluster,
  namespace: string,
  seconds: number,
  onPending: (reason: string) => void,
): Promise<void> {
  const { items: deployments } = await apps.listNamespacedDeployment({ namespace });
  const services = new Set(deployments.map(({ metadata }) => metadata?.name));
  await until(
    async () => {
      const { items } = await core.listNamespacedPod({ namespace });
      const leaving = items.filter(
        ({ metadata }) =>
          metadata?.deletionTimestamp && services.has(metadata.labels?.['app.kubernetes.io/name']),
      );
      return leaving.length === 0 || `${leaving.length} old pods finish their requests`;
    },
    {
      what: `the old pods in ${namespace} to end`,
      seconds,
      onPending,
      every: 150,
      hint: `Look at "kubectl -n ${namespace} get pods".`,
    },
  );
}
