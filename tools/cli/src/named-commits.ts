import { remoteOf } from './cluster/git-source.ts';
import { openCluster } from './cluster/kubernetes.ts';
import { addressesOf } from './cluster/profile.ts';
import { commitFact, type CommitFact } from './commit-facts.ts';
import { repository } from './repository.ts';
import { root } from './settings.ts';
import { UserError } from './user-error.ts';
import { findCommit } from './values-history.ts';

/** The git server's newest commit, fetched; undefined when it does not answer. */
export async function newestOnServer(profile: string): Promise<string | undefined> {
  try {
    const remote = await remoteOf(openCluster(profile), await addressesOf(profile));
    await repository.ensureRemote(profile, remote);
    return await repository.fetch();
  } catch {
    return undefined;
  }
}

/**
 * The commit that a person names.
 * @throws UserError when this checkout has none by that name
 */
export async function knownCommit(name: string): Promise<CommitFact> {
  const commit = await findCommit(root, name);
  const fact = commit && (await commitFact(root, commit));
  if (fact) return fact;
  throw new UserError(
    `There is no commit "${name}" in this checkout.`,
    '"git log" lists those that are; "git fetch minikube" brings those of others.',
  );
}
