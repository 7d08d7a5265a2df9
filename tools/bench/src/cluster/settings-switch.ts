import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argocdManifest, kubectl, pendingRollout, until, type Cluster } from '@todo/cli';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { backToUpstream, settingsOf, type Fields } from './default-settings.ts';
import { pauseAutoSync } from './pause.ts';

/** Who applies what is in git, before Argo CD does: `npm run up`. */
const MANAGERS = { argocd: 'todo-settings', gitea: 'todo' };
/** Settings of the git server that decide when a push leaves it. */
const QUEUE = /^GITEA__queue__/;
/** Their fields are settings; a Service is how we reach them. */
const KINDS = ['ConfigMap', 'Deployment', 'StatefulSet'];

const manifest = z
  .object({ kind: z.string(), metadata: z.object({ name: z.string() }) })
  .catchall(z.unknown());
type Manifest = z.infer<typeof manifest>;

/**
 * Gives Argo CD and the git server's queues the settings that they come with. The Application
 * `platform`, which would take that back, is paused.
 * @param folder the checkout whose gitops/platform the cluster has
 */
export async function useDefaults(cluster: Cluster, folder: string): Promise<void> {
  await pauseAutoSync(cluster, 'platform', true);
  const upstream = await readManifests(argocdManifest());
  for (const ours of await platformManifests(folder, 'argocd')) {
    const original = upstream.find((one) => isSame(one, ours));
    if (!original || !KINDS.includes(ours.kind)) continue;
    await patch(cluster, 'argocd', ours, backToUpstream(settingsOf(ours), original));
  }
  for (const ours of await platformManifests(folder, 'gitea')) {
    const data = z.record(z.string(), z.string()).safeParse(ours['data']).data ?? {};
    const queue = Object.keys(data).filter((key) => QUEUE.test(key));
    if (ours.kind !== 'ConfigMap' || queue.length === 0) continue;
    await patch(cluster, 'gitea', ours, {
      data: Object.fromEntries(queue.map((key) => [key, null])),
    });
  }
  await restartAll(cluster);
}

/** Puts the settings back that git has, and lets Argo CD keep them again. */
export async function useOurs(cluster: Cluster, folder: string): Promise<void> {
  for (const [part, manager] of Object.entries(MANAGERS)) {
    await kubectl(cluster.context, [
      ...['apply', '--server-side', '--force-conflicts', `--field-manager=${manager}`],
      ...['--filename', join(folder, 'gitops/platform', part)],
    ]);
  }
  await pauseAutoSync(cluster, 'platform', false);
  await restartAll(cluster);
}

function patch({ context }: Cluster, namespace: string, { kind, metadata }: Manifest, to: Fields) {
  return kubectl(context, [
    ...['-n', namespace, 'patch', kind.toLowerCase(), metadata.name, '--type=merge'],
    ...['--patch', JSON.stringify(to)],
  ]);
}

/** Most settings are read at start. */
async function restartAll({ context, apps }: Cluster): Promise<void> {
  for (const namespace of Object.keys(MANAGERS)) {
    const { items: deployments } = await apps.listNamespacedDeployment({ namespace });
    const { items: sets } = await apps.listNamespacedStatefulSet({ namespace });
    const running = [
      ...deployments.map((one) => ({ ...one, kind: 'deployment' })),
      ...sets.map((one) => ({ ...one, kind: 'statefulset' })),
    ].filter(({ spec }) => (spec?.replicas ?? 1) > 0);
    for (const { kind, metadata } of running) {
      const name = `${kind}/${metadata?.name}`;
      await kubectl(context, ['-n', namespace, 'rollout', 'restart', name]);
    }
  }
  await until(
    async () => {
      const lists = await Promise.all(
        Object.keys(MANAGERS).flatMap((namespace) => [
          apps.listNamespacedDeployment({ namespace }),
          apps.listNamespacedStatefulSet({ namespace }),
        ]),
      );
      // A StatefulSet's status has the same counts as a Deployment's.
      const items = lists.flatMap((list) => list.items as (typeof lists)[0]['items']);
      return items.map(pendingRollout).find((reason) => reason !== undefined) ?? true;
    },
    {
      what: 'Argo CD and the git server with other settings',
      seconds: 180,
      hint: 'Look at "kubectl -n argocd get pods" and "kubectl -n gitea get pods".',
    },
  );
}

const isSame = (one: Manifest, other: Manifest) =>
  one.kind === other.kind && one.metadata.name === other.metadata.name;

async function platformManifests(folder: string, part: string): Promise<Manifest[]> {
  const path = join(folder, 'gitops/platform', part);
  const files = (await readdir(path)).filter((file) => file.endsWith('.yaml'));
  return (await Promise.all(files.map((file) => readManifests(join(path, file))))).flat();
}

async function readManifests(source: string): Promise<Manifest[]> {
  const text = /^https?:/.test(source)
    ? await (await fetch(source)).text()
    : await readFile(source, 'utf8');
  return parseAllDocuments(text)
    .map((document) => manifest.safeParse(document.toJS()).data)
    .filter((one) => one !== undefined);
}
