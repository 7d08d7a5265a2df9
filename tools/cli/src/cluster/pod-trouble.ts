import type { V1Pod } from '@kubernetes/client-node';
import { UserError } from '../user-error.ts';
import type { Cluster } from './kubernetes.ts';

/** What a pod that is not ready is waiting for. */
export interface PodTrouble {
  pod: string;
  reason: string;
  /** It will not become ready without somebody's help. */
  hopeless: boolean;
}

const HOPELESS =
  /^(ErrImageNeverPull|InvalidImageName|CreateContainerConfigError|CreateContainerError)$/;

/** What keeps a pod from becoming ready; undefined when nothing is known to. */
export function podTrouble({ metadata, status }: V1Pod): PodTrouble | undefined {
  const pod = metadata?.name ?? 'pod';
  const states = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  for (const { name, state, lastState, restartCount } of states) {
    const { reason, message } = state?.waiting ?? {};
    if (!reason || reason === 'ContainerCreating' || reason === 'PodInitializing') continue;
    const crashing = reason === 'CrashLoopBackOff' && restartCount >= 3;
    const ended = lastState?.terminated?.reason;
    return {
      pod,
      reason: [`${pod}/${name}: ${reason}`, message, ended].filter(Boolean).join(', '),
      hopeless: crashing || HOPELESS.test(reason),
    };
  }
  const unplaced = status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (!unplaced) return undefined;
  return { pod, reason: `${pod}: ${unplaced.reason}, ${unplaced.message}`, hopeless: false };
}

/**
 * The troubles of the pods in a namespace, the hopeless ones first. Pods that are on their way out,
 * or run an image that is no longer wanted, trouble nobody.
 * @param tags image tags by app, as they should run
 */
export async function podTroubles(
  { core }: Cluster,
  namespace: string,
  tags: Record<string, string>,
): Promise<PodTrouble[]> {
  const { items } = await core.listNamespacedPod({ namespace });
  return items
    .filter((pod) => !pod.metadata?.deletionTimestamp && !isOutdated(pod, tags))
    .map(podTrouble)
    .filter((trouble) => trouble !== undefined)
    .sort((a, b) => Number(b.hopeless) - Number(a.hopeless));
}

/** Whether a pod runs another image of an app than the one that is wanted. */
export function isOutdated({ spec }: V1Pod, tags: Record<string, string>): boolean {
  return (spec?.containers ?? []).some(({ image }) => {
    const [, app, tag] = /todo\/([^/:]+):([^:]+)$/.exec(image ?? '') ?? [];
    return app !== undefined && tags[app] !== undefined && tags[app] !== tag;
  });
}

/** The error that ends a wait for a pod: its reason and its last log lines. */
export async function rolloutFailed(
  { core }: Cluster,
  namespace: string,
  reason: string,
  pod?: string,
): Promise<UserError> {
  const log = pod
    ? await core.readNamespacedPodLog({ name: pod, namespace, tailLines: 10 }).catch(() => '')
    : '';
  return new UserError(
    `The rollout failed: ${reason}${log ? `\n${log.trim()}` : ''}`,
    'The old pods go on serving. Mend the cause and ship again, or run "npm run rollback".',
  );
}
