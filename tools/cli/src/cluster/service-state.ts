import type { V1Deployment, V1Job, V1Pod, V1StatefulSet } from '@kubernetes/client-node';
import type { Cluster } from './kubernetes.ts';
import { podTrouble } from './pod-trouble.ts';
import { pendingRollout } from './rollout.ts';

const NAME = 'app.kubernetes.io/name';

/** How a service, or a job, stands. */
export interface ServiceState {
  name: string;
  kind: 'Deployment' | 'StatefulSet' | 'Job';
  /** Tag of the image that it should run. */
  tag: string;
  /** Pods that are ready, or, of a job, have done it. */
  ready: number;
  wanted: number;
  restarts: number;
  /** When its newest pod was made, ISO time. */
  since?: string;
  /** Its pods that are not on their way out. */
  pods: string[];
  /** What its rollout still lacks. */
  pending?: string;
  /** What keeps a pod from being ready. */
  trouble?: string;
}

export interface Workloads {
  deployments: V1Deployment[];
  statefulSets: V1StatefulSet[];
  jobs: V1Job[];
  pods: V1Pod[];
}

/** How the services of a namespace stand, in alphabetical order, jobs last. */
export async function serviceStates(
  { apps, batch, core }: Cluster,
  namespace: string,
): Promise<ServiceState[]> {
  const [deployments, statefulSets, jobs, pods] = await Promise.all([
    apps.listNamespacedDeployment({ namespace }),
    apps.listNamespacedStatefulSet({ namespace }),
    batch.listNamespacedJob({ namespace }),
    core.listNamespacedPod({ namespace }),
  ]);
  return summarise({
    deployments: deployments.items,
    statefulSets: statefulSets.items,
    jobs: jobs.items,
    pods: pods.items,
  });
}

/** Reads the states from what the cluster lists. Of a service's jobs the newest counts. */
export function summarise({ deployments, statefulSets, jobs, pods }: Workloads): ServiceState[] {
  const servers = [
    ...deployments.map((one) => ({ ...one, kind: 'Deployment' as const })),
    ...statefulSets.map((one) => ({ ...one, kind: 'StatefulSet' as const })),
  ].map(({ kind, metadata, spec, status }): ServiceState => {
    const own = pods.filter((pod) => isOf(pod, metadata?.name) && !pod.metadata?.deletionTimestamp);
    return {
      ...common(metadata?.name ?? '', kind, spec?.template.spec?.containers[0]?.image, own),
      ready: status?.readyReplicas ?? 0,
      wanted: spec?.replicas ?? 1,
      ...pendingOf({ metadata, spec, status } as V1Deployment),
    };
  });
  const newest = new Map<string, V1Job>();
  for (const job of jobs.toSorted((a, b) => madeAt(a) - madeAt(b))) {
    newest.set(job.metadata?.labels?.[NAME] ?? job.metadata?.name ?? '', job);
  }
  const once = [...newest].map(([name, { metadata, spec, status }]): ServiceState => {
    const own = pods.filter((pod) => pod.metadata?.labels?.['job-name'] === metadata?.name);
    return {
      ...common(name, 'Job', spec?.template.spec?.containers[0]?.image, own),
      ready: status?.succeeded ?? 0,
      wanted: spec?.completions ?? 1,
    };
  });
  const byName = (a: ServiceState, b: ServiceState) => a.name.localeCompare(b.name);
  return [...servers.sort(byName), ...once.sort(byName)];
}

function common(name: string, kind: ServiceState['kind'], image = '', pods: V1Pod[] = []) {
  const since = pods.map(madeAt).sort((a, b) => b - a)[0];
  const trouble = pods.map(podTrouble).find((one) => one !== undefined)?.reason;
  return {
    name,
    kind,
    tag: image.slice(image.lastIndexOf(':') + 1),
    restarts: pods
      .flatMap(({ status }) => status?.containerStatuses ?? [])
      .reduce((sum, { restartCount }) => sum + restartCount, 0),
    pods: pods.map(({ metadata }) => metadata?.name ?? '').sort(),
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

/** A StatefulSet's status has the same counts as a Deployment's. */
function pendingOf(workload: V1Deployment): { pending?: string } {
  const pending = pendingRollout(workload);
  return pending === undefined ? {} : { pending };
}

const isOf = ({ metadata }: V1Pod, name: string | undefined) => metadata?.labels?.[NAME] === name;

const madeAt = ({ metadata }: { metadata?: { creationTimestamp?: Date } }): number =>
  new Date(metadata?.creationTimestamp ?? 0).getTime();
