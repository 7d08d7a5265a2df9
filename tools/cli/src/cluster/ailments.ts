import type { V1Node, V1Pod } from '@kubernetes/client-node';
import type { Cluster } from './kubernetes.ts';
import { diskUse, FULL, fullDisk } from './node.ts';
import type { Part } from './part-error.ts';
import { podTrouble } from './pod-trouble.ts';

/** Something in the cluster that keeps commands from going on. */
export interface Ailment {
  /** What is wrong, without a full stop. */
  what: string;
  /** What mends it, as a sentence. */
  remedy: string;
  /** It will not pass by itself. */
  lasting: boolean;
}

/** A Deployment or StatefulSet that a part of the cluster consists of. */
export interface Component {
  part: Part;
  title: string;
  kind: 'Deployment' | 'StatefulSet';
  namespace: string;
  name: string;
}

const of = (part: Part, namespace: string, name: string, title: string): Component => ({
  ...{ part, namespace, name, title },
  kind: name === 'argocd-application-controller' ? 'StatefulSet' : 'Deployment',
});

/** What must run for a change to reach pods, besides the node. */
export const components: Component[] = [
  of('registry', 'registry', 'registry', 'the registry'),
  of('git server', 'gitea', 'gitea', 'the git server'),
  of('Argo CD', 'argocd', 'argocd-repo-server', "Argo CD's repo-server"),
  of('Argo CD', 'argocd', 'argocd-application-controller', "Argo CD's application controller"),
  of('Argo CD', 'argocd', 'argocd-redis', "Argo CD's cache"),
  of('Argo CD', 'argocd', 'argocd-server', "Argo CD's server"),
];

/** The fields that Deployments and StatefulSets have in common. */
export interface Workload {
  metadata?: { name?: string };
  spec?: { replicas?: number; selector: { matchLabels?: Record<string, string> } };
  status?: { availableReplicas?: number };
}

/** Looks at the node and at the components of some parts. */
export async function ailments(cluster: Cluster, parts: Part[]): Promise<Ailment[]> {
  const wanted = components.filter(({ part }) => parts.includes(part));
  const [node, ...found] = await Promise.all([
    parts.includes('node') ? nodeAilmentsNow(cluster) : [],
    ...wanted.map((component) => componentAilment(cluster, component)),
  ]);
  return [...node, ...found.filter((ailment) => ailment !== undefined)];
}

async function nodeAilmentsNow({ core, context }: Cluster): Promise<Ailment[]> {
  const [{ items }, use] = await Promise.all([core.listNode(), diskUse(context)]);
  const found = items.flatMap((node) => nodeAilments(node, context));
  // minikube tells its kubelet to mind no disk, so that it reports no pressure.
  if (use === undefined || use < FULL || found.some(({ what }) => /disk/.test(what))) return found;
  return [
    ...found,
    { what: `the disk of node ${context} is full (${use} % in use)`, ...fullDisk(context) },
  ];
}

/** Seconds of a log that tell of what has just failed, and lines of it. */
const RECENT = { sinceSeconds: 180, tailLines: 200 };

/**
 * Asks the logs of a part of the cluster whether it had room to write: to who called it, it only
 * says that something is wrong inside.
 */
export async function roomAilments(cluster: Cluster, part: Part): Promise<Ailment[]> {
  const { core, context } = cluster;
  const found = await Promise.all(
    components
      .filter((component) => component.part === part)
      .map(async ({ namespace, name, title }) => {
        const { items } = await core.listNamespacedPod({ namespace });
        const own = items.filter(({ metadata }) => metadata?.name?.startsWith(`${name}-`));
        const logs = await Promise.all(
          own.map(({ metadata }) =>
            core
              .readNamespacedPodLog({ name: metadata?.name ?? '', namespace, ...RECENT })
              .catch(() => ''),
          ),
        );
        return logs.some((log) => /no space left on device/i.test(log)) ? [title] : [];
      }),
  );
  return found.flat().map((title) => ({
    what: `the disk that ${title} writes to is full, as its log says`,
    ...fullDisk(context),
  }));
}

async function componentAilment(
  { apps, core }: Cluster,
  component: Component,
): Promise<Ailment | undefined> {
  const { kind, namespace, name } = component;
  const query = { namespace, fieldSelector: `metadata.name=${name}` };
  const list =
    kind === 'Deployment'
      ? await apps.listNamespacedDeployment(query)
      : await apps.listNamespacedStatefulSet(query);
  const workload = list.items[0] as Workload | undefined;
  if ((workload?.status?.availableReplicas ?? 0) > 0) return undefined;
  const labels = Object.entries(workload?.spec?.selector.matchLabels ?? {});
  const labelSelector = labels.map(([key, value]) => `${key}=${value}`).join();
  const { items } = await core.listNamespacedPod({ namespace, labelSelector });
  return ailmentOf(component, workload, items);
}

/** What keeps a component that has no available pod from working. */
export function ailmentOf(
  { title, kind, namespace, name }: Component,
  workload: Workload | undefined,
  pods: V1Pod[],
): Ailment {
  const object = `${kind} ${name} in namespace ${namespace}`;
  if (!workload) {
    const what = `${title} is not installed: there is no ${object}`;
    return { what, remedy: 'Run "npm run up", which installs it.', lasting: true };
  }
  if (workload.spec?.replicas === 0) {
    const what = `${title} is switched off: ${object} is scaled to 0`;
    return { what, remedy: 'Run "npm run up", which starts it.', lasting: true };
  }
  const trouble = pods
    .filter(({ metadata }) => !metadata?.deletionTimestamp)
    .map(podTrouble)
    .find((one) => one !== undefined);
  return trouble
    ? {
        what: `${title} does not run: ${trouble.reason}`,
        remedy: `Look at "kubectl -n ${namespace} describe pod ${trouble.pod}" and "kubectl -n ${namespace} logs ${trouble.pod} --previous".`,
        lasting: trouble.hopeless,
      }
    : {
        what: `${title} is not ready yet`,
        remedy: `Look at "kubectl -n ${namespace} get pods".`,
        lasting: false,
      };
}

/** What a node says of itself that keeps pods from running on it. */
export function nodeAilments({ metadata, status }: V1Node, profile: string): Ailment[] {
  const node = metadata?.name ?? 'the node';
  return (status?.conditions ?? []).flatMap(({ type, status, message = '' }): Ailment[] => {
    const tail = message ? ` (${message})` : '';
    if (type === 'Ready' && status !== 'True') {
      return [
        {
          what: `node ${node} is not ready${tail}`,
          remedy: `Look at "minikube logs --profile ${profile}"; "minikube start --profile ${profile}" starts its services again.`,
          lasting: true,
        },
      ];
    }
    if (status !== 'True') return [];
    if (type === 'DiskPressure') {
      return [{ what: `the disk of node ${node} is full${tail}`, ...fullDisk(profile) }];
    }
    if (type !== 'MemoryPressure' && type !== 'PIDPressure') return [];
    return [
      {
        what: `node ${node} is short of ${type === 'PIDPressure' ? 'process ids' : 'memory'}${tail}`,
        remedy: `"kubectl --context ${profile} top pods --all-namespaces" shows who uses it; give the node more with "minikube config set memory" before it is made, or stop what is not needed.`,
        lasting: true,
      },
    ];
  });
}
