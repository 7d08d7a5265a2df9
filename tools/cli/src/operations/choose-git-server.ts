import { gitSource, ensureKnownHosts, writeGitSource } from '../cluster/git-source.ts';
import { GITEA_REPO_URL, GITEA_USER } from '../cluster/gitea.ts';
import type { Cluster } from '../cluster/kubernetes.ts';
import type { GiteaSecrets } from '../cluster/platform.ts';
import { expectReadable, gitCredentials, type GitCredentials } from '../git-access.ts';
import { IN_CLUSTER, parseRepoUrl, type RepoUrl } from '../repo-url.ts';
import { UserError } from '../user-error.ts';

/** The git server that a cluster is to follow. */
export type GitServer =
  | { outside: false }
  /** Without credentials the cluster goes on with those that it has. */
  | { outside: true; repo: RepoUrl; credentials?: GitCredentials };

/**
 * Checks what `--repo-url` and the environment say before anything is made.
 * @returns undefined when nothing is said, and the cluster decides
 * @throws UserError when there are credentials and they do not work
 */
export async function namedGitServer(
  repoUrl: RepoUrl | typeof IN_CLUSTER | undefined,
  env: NodeJS.ProcessEnv,
): Promise<GitServer | undefined> {
  if (repoUrl === undefined) return undefined;
  if (repoUrl === IN_CLUSTER) return { outside: false };
  const credentials = await gitCredentials(repoUrl, env);
  if (!credentials) return { outside: true, repo: repoUrl };
  await expectReadable(repoUrl, credentials);
  return { outside: true, repo: repoUrl, credentials };
}

/**
 * The git server to use: the named one, else the one that the cluster follows already, with new
 * credentials when the environment has some.
 * @returns also whether that is another one than before
 * @throws UserError when the server needs credentials that nobody has given
 */
export async function settleGitServer(
  cluster: Cluster,
  named: GitServer | undefined,
  env: NodeJS.ProcessEnv,
): Promise<{ server: GitServer; changed: boolean }> {
  const before = await gitSource(cluster);
  if (named && !named.outside) return { server: named, changed: before.outside };
  if (!named && !before.outside) return { server: { outside: false }, changed: false };
  const server = named ?? (await remembered(before.url, env));
  const changed = server.repo.url !== before.url;
  const kept = !changed && before.credentials !== 'none';
  if (!server.credentials && !kept) await expectPublic(server.repo);
  return { server, changed };
}

async function remembered(url: string, env: NodeJS.ProcessEnv) {
  const repo = parseRepoUrl(url);
  const credentials = await gitCredentials(repo, env);
  if (credentials) await expectReadable(repo, credentials);
  return { outside: true as const, repo, ...(credentials ? { credentials } : {}) };
}

async function expectPublic(repo: RepoUrl): Promise<void> {
  if (repo.transport === 'http') return expectReadable(repo, undefined);
  throw new UserError(
    `Argo CD needs a key to read ${repo.url}.`,
    'Set TODO_GIT_SSH_KEY to the path of a private key without a passphrase that may read the repository, such as a deploy key.',
  );
}

/**
 * Writes the choice into the cluster, with its credentials.
 * @returns the URL that Argo CD reads
 */
export async function rememberGitServer(
  cluster: Cluster,
  server: GitServer,
  gitea: GiteaSecrets | undefined,
): Promise<string> {
  if (!server.outside) {
    const credentials = { username: GITEA_USER, password: gitea?.password ?? '' };
    await writeGitSource(cluster, GITEA_REPO_URL, credentials);
    return GITEA_REPO_URL;
  }
  const { repo, credentials } = server;
  const before = await gitSource(cluster);
  if (credentials || before.url !== repo.url) await writeGitSource(cluster, repo.url, credentials);
  if (credentials && 'knownHosts' in credentials) {
    await ensureKnownHosts(cluster, credentials.knownHosts);
  }
  return repo.url;
}
