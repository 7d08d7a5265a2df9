import { kubectl, readReport, until, type Cluster } from '@todo/cli';

/** Keeps Argo CD from following git with an Application, or lets it follow again. */
export async function pauseAutoSync(
  { context }: Cluster,
  application: string,
  paused: boolean,
): Promise<void> {
  const automated = { enabled: paused ? false : null };
  await kubectl(context, [
    ...['-n', 'argocd', 'patch', 'application', application, '--type=merge'],
    ...['--patch', JSON.stringify({ spec: { syncPolicy: { automated } } })],
  ]);
}

/**
 * Ends the pods of an Application's services for a while, so that a small node has room for others.
 */
export async function restServices(
  cluster: Cluster,
  { application, namespace }: { application: string; namespace: string },
): Promise<void> {
  await pauseAutoSync(cluster, application, true);
  const everything = ['-n', namespace, 'scale', 'deployment', '--all', '--replicas=0'];
  await kubectl(cluster.context, everything);
}

/** Lets Argo CD bring the services back, and waits until they are healthy. */
export async function wakeServices(cluster: Cluster, application: string): Promise<void> {
  await pauseAutoSync(cluster, application, false);
  await until(
    async () => {
      const { sync, health } = await readReport(cluster, application);
      return (sync === 'Synced' && health === 'Healthy') || `it is ${sync} and ${health}`;
    },
    {
      what: `${application} to run again`,
      seconds: 180,
      hint: `Look at it with "npm run status"; "npm run resume" lets git win.`,
    },
  );
}
