import type { GitCredentials } from '../git-access.ts';
import { applicationStatus, ARGOCD_NAMESPACE, refreshApplication } from './argocd.ts';
import { GITEA_REPO_URL, GITEA_REPOSITORY, GITEA_USER } from './gitea.ts';
import { isNotFound, kubectl, type Cluster } from './kubernetes.ts';
import type { Addresses } from './profile.ts';

/** Where Argo CD finds the repository, with its credentials; the cluster's memory of --repo-url. */
export const REPOSITORY_SECRET = 'todo-chatbot-repository';

/** The repository that a cluster follows. */
export interface GitSource {
  /** As Argo CD reads it. */
  url: string;
  /** Whether its server is not the one that runs inside the cluster. */
  outside: boolean;
  /** Whether the cluster holds credentials for it, and whether these are a password. */
  credentials: 'password' | 'key' | 'none';
}

const inCluster: GitSource = { url: GITEA_REPO_URL, outside: false, credentials: 'password' };

/** The repository that a cluster follows; the one inside it until it was told otherwise. */
export async function gitSource({ core }: Cluster): Promise<GitSource> {
  const secret = await core
    .readNamespacedSecret({ namespace: ARGOCD_NAMESPACE, name: REPOSITORY_SECRET })
    .catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
  const data = secret?.data ?? {};
  const url = Buffer.from(data['url'] ?? '', 'base64').toString();
  if (url === '' || url === GITEA_REPO_URL) return inCluster;
  const credentials = data['password'] ? 'password' : data['sshPrivateKey'] ? 'key' : 'none';
  return { url, outside: true, credentials };
}

/** Makes a cluster follow a repository. Credentials that are left out are taken away. */
export async function writeGitSource(
  { core }: Cluster,
  url: string,
  credentials: GitCredentials | undefined,
): Promise<void> {
  const access = credentials ? accessOf(credentials) : {};
  const metadata = {
    name: REPOSITORY_SECRET,
    namespace: ARGOCD_NAMESPACE,
    labels: { 'argocd.argoproj.io/secret-type': 'repository' },
  };
  const body = { metadata, type: 'Opaque', stringData: { type: 'git', url, ...access } };
  const name = REPOSITORY_SECRET;
  const namespace = ARGOCD_NAMESPACE;
  // Replaced as a whole: an apply would leave the other kind of credentials in it.
  await core.replaceNamespacedSecret({ name, namespace, body }).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
    return core.createNamespacedSecret({ namespace, body });
  });
}

function accessOf(credentials: GitCredentials): Record<string, string> {
  if ('keyFile' in credentials) return { sshPrivateKey: credentials.sshPrivateKey };
  // Argo CD sends them at once: asked by the server, it would start a program for them first.
  return { ...credentials, forceHttpBasicAuth: 'true' };
}

/** A git remote of this checkout. */
export interface Remote {
  url: string;
  /** Whether git asks the cluster for user name and password; else it has its own ways. */
  passwordInCluster: boolean;
}

/** The remote that a push must go to for a cluster to follow. */
export async function remoteOf(cluster: Cluster, { git }: Addresses): Promise<Remote> {
  const { url, outside, credentials } = await gitSource(cluster);
  return outside
    ? { url, passwordInCluster: credentials === 'password' }
    : { url: `${git}/${GITEA_USER}/${GITEA_REPOSITORY}.git`, passwordInCluster: true };
}

const KNOWN_HOSTS = { namespace: ARGOCD_NAMESPACE, name: 'argocd-ssh-known-hosts-cm' };

/** Adds what Argo CD must know of ssh servers beside those that it knows by itself. */
export async function ensureKnownHosts(
  { core, context }: Cluster,
  knownHosts: string,
): Promise<void> {
  const map = await core.readNamespacedConfigMap(KNOWN_HOSTS);
  const text = map.data?.['ssh_known_hosts'] ?? '';
  const present = new Set(text.split('\n'));
  const added = knownHosts.split('\n').filter((line) => line !== '' && !present.has(line));
  if (added.length === 0) return;
  const all = `${text.trimEnd()}\n${added.join('\n')}\n`;
  await core.replaceNamespacedConfigMap({
    ...KNOWN_HOSTS,
    body: { ...map, data: { ...map.data, ssh_known_hosts: all } },
  });
  // A changed pod makes the kubelet write mounted ConfigMaps now, and not within a minute.
  await kubectl(context, [
    ...['-n', ARGOCD_NAMESPACE, 'annotate', '--overwrite', 'pods'],
    ...['--selector=app.kubernetes.io/name=argocd-repo-server'],
    `todo.dev/known-hosts-at=${new Date().toISOString()}`,
  ]);
}

/**
 * Asks Argo CD to look at git now, where no webhook tells it of a push.
 * @param application the one that somebody waits for; the root Application is asked too
 */
export async function announcePush(cluster: Cluster, application: string): Promise<void> {
  if (!(await gitSource(cluster)).outside) return;
  await Promise.all(
    ['root', application].map(async (name) => {
      if (await applicationStatus(cluster, name)) await refreshApplication(cluster, name);
    }),
  );
}
