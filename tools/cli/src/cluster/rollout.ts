import type { V1Deployment, V1Pod } from '@kubernetes/client-node';
import { until } from '../until.ts';
import { UserError } from '../user-error.ts';
import type { Cluster } from './kubernetes.ts';

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

/** Why a pod cannot become ready without somebody's help; undefined when it may still. */
export function podFailure({ metadata, status }: V1Pod): string | undefined {
  const states = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  for (const { name, state, restartCount } of states) {
    const reason = state?.waiting?.reason ?? '';
    const hopeless =
      /^(ErrImageNeverPull|InvalidImageName|CreateContainerConfigError|CreateContainerError)$/.test(
        reason,
      );
    const crashing = reason === 'CrashLoopBackOff' && restartCount >= 3;
    if (hopeless || crashing) {
      return `${metadata?.name}/${name}: ${reason}${state?.waiting?.message ? `, ${state.waiting.message}` : ''}`;
    }
  }
  return undefined;
}

/**
 * Waits until every Deployment runs nothing but its newest pods, all available.
 * @param images the image each Deployment must have, by Deployment name; others only need be complete
 * @throws UserError with the pod's reason and last log lines when it cannot become ready
 */
export async function waitForRollouts(
  cluster: Cluster,
  namespace: string,
  tags: Record<string, string>,
  seconds: number,
  onPending?: (reason: string) => void,
): Promise<void> {
  await until(
    async () => {
      const { items } = await cluster.apps.listNamespacedDeployment({ namespace });
      const pending =
        missingImage(items, tags) ??
        items.map(pendingRollout).find((reason) => reason !== undefined);
      if (pending === undefined) return true;
      await failOnHopelessPod(cluster, namespace);
      const stuck = items.find(({ status }) =>
        status?.conditions?.some(({ reason }) => reason === 'ProgressDeadlineExceeded'),
      );
      if (stuck)
        throw await rolloutFailed(cluster, namespace, `${stuck.metadata?.name} makes no progress`);
      return pending;
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

async function failOnHopelessPod(cluster: Cluster, namespace: string): Promise<void> {
  const { items } = await cluster.core.listNamespacedPod({ namespace });
  for (const pod of items) {
    const failure = podFailure(pod);
    if (failure) throw await rolloutFailed(cluster, namespace, failure, pod.metadata?.name);
  }
}

async function rolloutFailed(cluster: Cluster, namespace: string, reason: string, pod?: string) {
  const log = pod
    ? await cluster.core
        .readNamespacedPodLog({ name: pod, namespace, tailLines: 10 })
        .catch(() => '')
    : '';
  return new UserError(
    `The rollout failed: ${reason}${log ? `\n${log.trim()}` : ''}`,
    'The old pods go on serving. Mend the cause and ship again, or "git revert" the values commit and push.',
  );
}
