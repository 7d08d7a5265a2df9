import { environmentOf } from '@todo/local';
import { healthWatch } from '../cluster/explanation.ts';
import type { Cluster } from '../cluster/kubernetes.ts';
import {
  ensureDelivery,
  ensureEnvironments,
  ensureGiteaSecrets,
  hasGitea,
  installPlatform,
} from '../cluster/platform.ts';
import type { Addresses } from '../cluster/profile.ts';
import { waitForRegistry } from '../cluster/registry.ts';
import { environments, root } from '../settings.ts';
import type { Progress } from '../stages.ts';
import { rememberGitServer, settleGitServer, type GitServer } from './choose-git-server.ts';

/** The git server that a cluster is set up for. */
export interface GitSetup {
  /** The repository that Argo CD shall read. */
  url: string;
  /** Whether its server is outside the cluster. */
  outside: boolean;
  /** Whether Argo CD read another one before. */
  changed: boolean;
  /** Whether there is a git server inside the cluster, used or not. */
  withGitea: boolean;
}

/**
 * Installs what the cluster needs beside the app, and tells it which git server to follow.
 * @param named the git server that was asked for; undefined when the cluster decides
 * @returns also whether anything was missing
 */
export async function preparePlatform(
  cluster: Cluster,
  addresses: Addresses,
  named: GitServer | undefined,
  progress: Progress,
): Promise<{ git: GitSetup; installed: boolean }> {
  const { server, changed } = await settleGitServer(cluster, named, await environmentOf(root));
  // One that is there stays, so that the way back to it is open.
  const withGitea = !server.outside || (await hasGitea(cluster));
  const gitea = withGitea ? await ensureGiteaSecrets(cluster) : undefined;
  const installed = await installPlatform(cluster, gitea, progress);
  const [url] = await Promise.all([
    rememberGitServer(cluster, server, gitea),
    ensureEnvironments(cluster, environments()),
    waitForRegistry(addresses.registry, healthWatch(cluster, ['node', 'registry'], 'the registry')),
    gitea && ensureDelivery(cluster, addresses.git, gitea),
  ]);
  const { outside } = server;
  return { git: { url, outside, changed, withGitea }, installed: installed || changed };
}
