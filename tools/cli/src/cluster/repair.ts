import { run } from '../command-line.ts';
import { components } from './ailments.ts';
import { isNotFound, kubectl, openCluster, type Cluster } from './kubernetes.ts';

/** Whether a profile's API server answers, with the credentials in the kubeconfig. */
export async function answers(profile: string): Promise<boolean> {
  try {
    await openCluster(profile).core.listNamespace({ limit: 1 });
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts the components that somebody scaled to 0. Those that Argo CD keeps it cannot mend itself
 * when one of them is what it reads git through.
 * @returns their names
 */
export async function startSwitchedOff({ apps, context }: Cluster): Promise<string[]> {
  const started = await Promise.all(
    components.map(async ({ kind, namespace, name }) => {
      const query = { namespace, fieldSelector: `metadata.name=${name}` };
      const { items } =
        kind === 'Deployment'
          ? await apps.listNamespacedDeployment(query)
          : await apps.listNamespacedStatefulSet(query);
      if (items[0]?.spec?.replicas !== 0) return undefined;
      await kubectl(context, ['-n', namespace, 'scale', kind, name, '--replicas=1']);
      return name;
    }),
  );
  return started.filter((name) => name !== undefined);
}

const PROVISIONER = 'storage-provisioner';

/**
 * Starts minikube's maker of volumes again. It is a pod that nothing keeps: evicted once, for a full
 * disk, it stays away, and databases that are new wait for their volume forever.
 * @returns its name when it was away
 */
export async function startProvisioner({ core, context }: Cluster): Promise<string[]> {
  const query = { namespace: 'kube-system', name: PROVISIONER };
  const pod = await core.readNamespacedPod(query).catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
  if (pod?.status?.phase !== 'Failed') return [];
  await core.deleteNamespacedPod({ ...query, gracePeriodSeconds: 0 });
  await run('minikube', ['addons', 'enable', PROVISIONER, '--profile', context]);
  return [PROVISIONER];
}
