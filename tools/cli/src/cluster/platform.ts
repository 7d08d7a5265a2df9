import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentOf } from '@todo/local';
import { argocdManifest, root } from '../settings.ts';
import { until } from '../until.ts';
import { ARGOCD_NAMESPACE, installArgocd } from './argocd.ts';
import {
  ensureGiteaUser,
  ensureRepository,
  GITEA_REPO_URL,
  GITEA_USER,
  waitForGitea,
} from './gitea.ts';
import { healthWatch } from './explanation.ts';
import { applyManifests, kubectl, type Cluster } from './kubernetes.ts';
import { pendingRollout } from './rollout.ts';
import { ensureAppSecrets, ensureSecret, randomSecret } from './secrets.ts';

const PLATFORM = join(root, 'gitops/platform');
const BOOTSTRAP = join(root, 'gitops/bootstrap');
/** Applied before Argo CD runs, because Argo CD and the images come through them. */
const FIRST = ['registry', 'gitea'];
const STAMP = 'todo.dev/platform-sha256';

export interface PlatformSecrets {
  giteaPassword: string;
  webhookSecret: string;
}

/** Makes the namespaces that need Secrets, and the Secrets that are missing. */
export async function ensureNamespacesAndSecrets(
  cluster: Cluster,
  appNamespace: string,
): Promise<PlatformSecrets> {
  for (const name of [ARGOCD_NAMESPACE, 'gitea', appNamespace]) {
    const { items } = await cluster.core.listNamespace({ fieldSelector: `metadata.name=${name}` });
    if (items.length === 0) await cluster.core.createNamespace({ body: { metadata: { name } } });
  }
  const gitea = await ensureSecret(cluster, 'gitea', 'gitea-secrets', {
    ADMIN_PASSWORD: () => randomSecret(24),
    SECRET_KEY: () => randomSecret(48),
    INTERNAL_TOKEN: () => randomSecret(48),
    WEBHOOK_SECRET: () => randomSecret(),
  });
  await ensureAppSecrets(cluster, appNamespace, await environmentOf(root));
  return {
    giteaPassword: gitea['ADMIN_PASSWORD'] ?? '',
    webhookSecret: gitea['WEBHOOK_SECRET'] ?? '',
  };
}

/**
 * Installs what must be there before Argo CD can read git: registry, git server, and Argo CD itself.
 * @returns whether anything was applied
 */
export async function installPlatform(
  cluster: Cluster,
  { giteaPassword, webhookSecret }: PlatformSecrets,
  progress: (text: string) => void,
): Promise<boolean> {
  const manifests = (
    await Promise.all(FIRST.map((name) => readManifests(join(PLATFORM, name))))
  ).join('\n---\n');
  const settings = await readManifests(join(PLATFORM, 'argocd'));
  progress('registry and git server');
  const changed = await applyOnce(cluster, manifests);
  progress('Argo CD');
  const installed = await installArgocd(cluster, argocdManifest(), settings);
  // Every time: credentials that somebody changed would keep Argo CD from reading git.
  const secrets = argocdSecrets(giteaPassword, webhookSecret);
  await applyManifests(cluster.context, secrets, { manager: 'todo-secrets' });
  return changed || installed;
}

async function applyOnce(cluster: Cluster, manifests: string): Promise<boolean> {
  const digest = createHash('sha256').update(manifests).digest('hex');
  const { metadata } = await cluster.core.readNamespace({ name: 'gitea' });
  if (metadata?.annotations?.[STAMP] === digest) return false;
  await applyManifests(cluster.context, manifests);
  await kubectl(cluster.context, [
    'annotate',
    '--overwrite',
    'namespace',
    'gitea',
    `${STAMP}=${digest}`,
  ]);
  return true;
}

async function readManifests(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join(
    '\n---\n',
  );
}

function argocdSecrets(password: string, webhookSecret: string): string {
  const secret = (name: string, labels: object | undefined, stringData: object) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace: ARGOCD_NAMESPACE, labels },
      stringData,
    });
  return [
    secret('argocd-secret', undefined, { 'webhook.gogs.secret': webhookSecret }),
    secret(
      'todo-chatbot-repository',
      { 'argocd.argoproj.io/secret-type': 'repository' },
      { type: 'git', url: GITEA_REPO_URL, username: GITEA_USER, password },
    ),
  ].join('\n---\n');
}

/** Makes the git server ready for a push: user, repository, webhook. */
export async function ensureDelivery(
  cluster: Cluster,
  url: string,
  { giteaPassword, webhookSecret }: PlatformSecrets,
): Promise<void> {
  await waitForGitea(url, healthWatch(cluster, ['node', 'git server'], 'the git server'));
  const server = { url, password: giteaPassword };
  await ensureGiteaUser(cluster, server);
  await ensureRepository(server, webhookSecret);
}

/** Gives Argo CD its first Application; everything else it finds in git. */
export async function bootstrapApplications(
  cluster: Cluster,
  seconds: number,
  progress: (text: string) => void,
): Promise<void> {
  await until(
    async () => {
      const { items } = await cluster.apps.listNamespacedDeployment({
        namespace: ARGOCD_NAMESPACE,
      });
      return items.map(pendingRollout).find((reason) => reason !== undefined) ?? true;
    },
    {
      what: 'Argo CD',
      seconds,
      onPending: progress,
      hint: `Look at "kubectl -n ${ARGOCD_NAMESPACE} get pods".`,
    },
  );
  await applyManifests(cluster.context, await readManifests(BOOTSTRAP));
}
