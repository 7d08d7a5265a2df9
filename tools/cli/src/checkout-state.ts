import { commitFact, commitsBetween, type CommitFact } from './commit-facts.ts';

/** What of an environment's folder and the charts Argo CD reads for it. */
export const deployedPaths = (environment: string): string[] => [
  'charts',
  `gitops/environments/${environment}`,
];

/** Where a checkout, the git server and the cluster stand with each other. */
export interface CheckoutState {
  head: CommitFact;
  /** The git server's newest commit; undefined when it does not answer. */
  server?: CommitFact;
  /** Commits here that the git server lacks. */
  notPushed: CommitFact[];
  /** Commits on the git server that this checkout lacks. */
  notPulled: CommitFact[];
  /** Commits on the git server that change what is deployed and are not in the cluster. */
  notApplied: CommitFact[];
}

/**
 * Compares a checkout with the git server and the cluster.
 * @param server the git server's newest commit, fetched
 * @param applied the commit whose objects are in the cluster; when this checkout does not know it,
 *   nothing can be said of what is not applied
 */
export async function checkoutState(
  folder: string,
  environment: string,
  { server, applied }: { server?: string | undefined; applied?: string | undefined },
): Promise<CheckoutState> {
  const [head, there, ran] = await Promise.all([
    commitFact(folder, 'HEAD'),
    server ? commitFact(folder, server) : undefined,
    applied ? commitFact(folder, applied) : undefined,
  ]);
  if (!head) throw new Error(`${folder} has no commit.`);
  const [notPushed, notPulled, notApplied] = await Promise.all([
    there ? commitsBetween(folder, there.commit, head.commit) : [],
    there ? commitsBetween(folder, head.commit, there.commit) : [],
    there && ran
      ? commitsBetween(folder, ran.commit, there.commit, deployedPaths(environment))
      : [],
  ]);
  return { head, ...(there ? { server: there } : {}), notPushed, notPulled, notApplied };
}
