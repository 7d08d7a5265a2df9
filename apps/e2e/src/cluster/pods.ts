import { command } from './command.ts';

/**
 * The pods of the app's services in a cluster.
 * @param context kubeconfig context
 * @returns names of the pods that are not going away, by service
 */
export async function podsByService(context: string): Promise<Record<string, string[]>> {
  const list = JSON.parse(
    await command('kubectl', [
      '--context',
      context,
      '-n',
      'chatbot-dev',
      'get',
      'pods',
      '-o',
      'json',
    ]),
  ) as {
    items: {
      metadata: { name: string; labels: Record<string, string>; deletionTimestamp?: string };
    }[];
  };
  const pods: Record<string, string[]> = {};
  for (const { metadata } of list.items) {
    const service = metadata.labels['app.kubernetes.io/name'] ?? '';
    if (metadata.deletionTimestamp || service === 'migrations') continue;
    (pods[service] ??= []).push(metadata.name);
  }
  for (const names of Object.values(pods)) names.sort();
  return pods;
}

/** What Argo CD says of an Application: revision, sync, health. */
export async function applicationState(context: string, name: string) {
  const template = '{{.status.sync.revision}} {{.status.sync.status}} {{.status.health.status}}';
  const text = await command('kubectl', [
    ...['--context', context, '-n', 'argocd', 'get', 'application', name],
    ...['-o', `go-template=${template}`],
  ]);
  const [revision, sync, health] = text.split(' ');
  return { revision, sync, health };
}
