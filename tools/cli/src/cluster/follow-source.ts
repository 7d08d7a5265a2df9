import { gitReadError } from '../git-access.ts';
import { applicationOf, environments } from '../settings.ts';
import { UserError } from '../user-error.ts';
import { applicationStatus, refreshApplication, renderError } from './argocd.ts';
import { faultOf } from './comparison-problem.ts';
import type { Cluster } from './kubernetes.ts';

/** Seconds that Argo CD gets to read a server that was just named, before its complaint counts. */
const PATIENCE = 20;

/**
 * What still keeps the Applications from following a repository. One that has just changed servers
 * looks there for the commit that it read last, and may not find it: it is asked to look again.
 * @param waited seconds since they were told
 * @returns true when nothing does
 * @throws UserError when Argo CD cannot read it
 */
export async function followsSource(
  cluster: Cluster,
  url: string,
  waited: number,
): Promise<true | string> {
  const names = ['root', 'platform', ...environments().map(applicationOf)];
  const pending = await Promise.all(names.map((name) => follows(cluster, name, url, waited)));
  return pending.find((reason) => reason !== undefined) ?? true;
}

async function follows(
  cluster: Cluster,
  name: string,
  url: string,
  waited: number,
): Promise<string | undefined> {
  const status = await applicationStatus(cluster, name);
  if (!status) return `there is no Application ${name} yet`;
  const problem = renderError(status);
  // An environment that does not render was read; its own wait will tell.
  if (problem && (name === 'root' || faultOf(problem) !== 'commit')) {
    if (waited > PATIENCE) throw cannotFollow(url, problem);
    if (!status.refreshing) await refreshApplication(cluster, name);
    return problem;
  }
  const { comparedTo, status: state } = status.sync ?? {};
  if (comparedTo?.source?.repoURL !== url) return `${name} has not read the repository yet`;
  // The others get the URL from the root.
  return name === 'root' && state !== 'Synced' ? `the root Application is ${state}` : undefined;
}

function cannotFollow(url: string, problem: string): UserError {
  const { message, hint } = gitReadError(url, problem);
  return new UserError(`Argo CD, inside the cluster: ${message}`, hint);
}
