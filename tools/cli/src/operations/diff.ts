import { openRunning, readReport } from '../cluster/application-report.ts';
import { commitFact, type CommitFact } from '../commit-facts.ts';
import { knownCommit, newestOnServer } from '../named-commits.ts';
import { changedObjects, restartsOf, type ObjectChange } from '../object-diff.ts';
import { renderEnvironment } from '../render-chart.ts';
import { applicationOf, root } from '../settings.ts';
import { UserError } from '../user-error.ts';

export interface DiffOptions {
  profile: string;
  env: string;
  /** The commit whose push is looked at; HEAD when left out. */
  commit?: string | undefined;
}

/** What pushing a commit would change in the cluster. */
export interface Difference {
  environment: string;
  /** The commit that is applied, and the one that would be. */
  from: CommitFact;
  to: CommitFact;
  objects: ObjectChange[];
  /** Services whose pods would be replaced. */
  restarts: string[];
}

/**
 * Renders the charts as the cluster has them and as a commit has them, and compares the objects.
 * @throws UserError for an unknown commit, or when one of the commits does not render
 */
export async function diff({ profile, env, commit = 'HEAD' }: DiffOptions): Promise<Difference> {
  const to = await knownCommit(commit);
  const cluster = await openRunning(profile);
  const { applied } = await readReport(cluster, applicationOf(env));
  if (!applied) {
    throw new UserError(
      `Nothing is applied in ${env} yet, so everything would be new.`,
      'Run "npm run up", or sync the Application in Argo CD, first.',
    );
  }
  const from = await appliedCommit(applied.commit, profile);
  const [before, after] = await Promise.all([
    renderEnvironment(root, from.commit, env, { context: profile }),
    renderEnvironment(root, to.commit, env, { context: profile }),
  ]);
  const objects = changedObjects(before, after);
  return { environment: env, from, to, objects, restarts: restartsOf(objects, after) };
}

/** The commit in the cluster, fetched if somebody else pushed it. */
async function appliedCommit(commit: string, profile: string): Promise<CommitFact> {
  const here = await commitFact(root, commit);
  if (here) return here;
  await newestOnServer(profile);
  const fetched = await commitFact(root, commit);
  if (fetched) return fetched;
  throw new UserError(
    `The cluster runs ${commit.slice(0, 12)}, which neither this checkout nor the git server's main has.`,
    'Somebody may have pushed over it: "npm run wait" waits until what main has now is applied.',
  );
}
