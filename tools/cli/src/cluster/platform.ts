import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentOf } from '@todo/local';
import { argocdManifest, namespaceOf, root } from '../settings.ts';
import { ARGOCD_NAMESPACE, installArgocd } from './argocd.ts';
import { healthWatch } from './explanation.ts';
import { ensureGiteaUser, ensureRepository, waitForGitea } from './gitea.ts';
import { applyManifests, kubectl, type Cluster } from './kubernetes.ts';
import { ensureAppSecrets, ensureSecret, randomSecret } from './secrets.ts';

const PLATFORM = join(root, 'gitops/platform');
const STAMP = 'todo.dev/platform-sha256';

/** What the cluster's own git server is run with; undefined where another one is used. */
export interface GiteaSecrets {
  password: string;
  webhook: string;
}

/** Whether the cluster has a git server of its own, used or not. */
export async function hasGitea({ apps }: Cluster): Promise<boolean> {
  const fieldSelector = 'metadata.name=gitea';
  const { items } = await apps.listNamespacedDeployment({ namespace: 'gitea', fieldSelector });
  return items.length > 0;
}

/** Makes the namespace of the git server, and the Secret that it starts with. */
export async function ensureGiteaSecrets(cluster: Cluster): Promise<GiteaSecrets> {
  await ensureNamespace(cluster, 'gitea');
  const gitea = await ensureSecret(cluster, 'gitea', 'gitea-secrets', {
    ADMIN_PASSWORD: () => randomSecret(24),
    SECRET_KEY: () => randomSecret(48),
    INTERNAL_TOKEN: () => randomSecret(48),
    WEBHOOK_SECRET: () => randomSecret(),
  });
  return { password: gitea['ADMIN_PASSWORD'] ?? '', webhook: gitea['WEBHOOK_SECRET'] ?? '' };
}

/** Makes the namespaces of the environments, and the Secrets in them that can be made up. */
export async function ensureEnvironments(cluster: Cluster, environments: string[]): Promise<void> {
  const env = await environmentOf(root);
  for (const environment of environments) {
    await ensureNamespace(cluster, namespaceOf(environment));
    await ensureAppSecrets(cluster, environment, env);
  }
}

async function ensureNamespace({ core }: Cluster, name: string): Promise<void> {
  const { items } = await core.listNamespace({ fieldSelector: `metadata.name=${name}` });
  if (items.length === 0) await core.createNamespace({ body: { metadata: { name } } });
}

/**
 * Installs what must be there before Argo CD can read git and pods can start: registry, Argo CD,
 * and the git server where `gitea` gives its Secrets.
 * @returns whether anything was applied
 */
export async function installPlatform(
  cluster: Cluster,
  gitea: GiteaSecrets | undefined,
  progress: (text: string) => void,
): Promise<boolean> {
  await ensureNamespace(cluster, ARGOCD_NAMESPACE);
  const first = gitea ? ['registry', 'gitea'] : ['registry'];
  const manifests = (
    await Promise.all(first.map((name) => readManifests(join(PLATFORM, name))))
  ).join('\n---\n');
  const settings = await readManifests(join(PLATFORM, 'argocd'));
  progress(first.join(', '));
  const changed = await applyOnce(cluster, manifests);
  progress('Argo CD');
  const installed = await installArgocd(cluster, argocdManifest(), settings);
  await ensureWebhookSecrets(cluster, gitea?.webhook);
  return changed || installed;
}

async function applyOnce(cluster: Cluster, manifests: string): Promise<boolean> {
  const digest = createHash('sha256').update(manifests).digest('hex');
  const { metadata } = await cluster.core.readNamespace({ name: ARGOCD_NAMESPACE });
  if (metadata?.annotations?.[STAMP] === digest) return false;
  await applyManifests(cluster.context, manifests);
  await kubectl(cluster.context, [
    ...['annotate', '--overwrite', 'namespace', ARGOCD_NAMESPACE],
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

/** The keys in argocd-secret that make Argo CD refuse a push that nobody signed, by kind of sender. */
const WEBHOOKS = [
  'webhook.gogs.secret',
  'webhook.github.secret',
  'webhook.gitlab.secret',
  'webhook.bitbucket.uuid',
  'webhook.bitbucketserver.secret',
  'webhook.azuredevops.username',
  'webhook.azuredevops.password',
];

/**
 * Gives every kind of webhook a secret, as Argo CD believes those without one.
 * @param gogs the secret that the cluster's own git server signs with
 */
async function ensureWebhookSecrets(cluster: Cluster, gogs: string | undefined): Promise<void> {
  const name = 'argocd-secret';
  const { data = {} } = await cluster.core.readNamespacedSecret({
    namespace: ARGOCD_NAMESPACE,
    name,
  });
  const encode = (text: string) => Buffer.from(text).toString('base64');
  const wanted = Object.fromEntries(
    WEBHOOKS.map((key) => [key, data[key] ?? encode(randomSecret())]),
  );
  if (gogs) wanted['webhook.gogs.secret'] = encode(gogs);
  if (WEBHOOKS.every((key) => data[key] === wanted[key])) return;
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: ARGOCD_NAMESPACE },
    data: wanted,
  };
  await applyManifests(cluster.context, JSON.stringify(secret), { manager: 'todo-secrets' });
}

/** Makes the git server ready for a push: user, repository, webhook. */
export async function ensureDelivery(
  cluster: Cluster,
  url: string,
  { password, webhook }: GiteaSecrets,
): Promise<void> {
  await waitForGitea(url, healthWatch(cluster, ['node', 'git server'], 'the git server'));
  const server = { url, password };
  await ensureGiteaUser(cluster, server);
  await ensureRepository(server, webhook);
}
