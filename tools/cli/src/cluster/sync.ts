import { repository } from '../repository.ts';
import { until } from '../until.ts';
import { UserError } from '../user-error.ts';
import {
  applicationStatus,
  refreshApplication,
  renderError,
  type ApplicationStatus,
} from './argocd.ts';
import type { Cluster } from './kubernetes.ts';

/** What Argo CD reads; commits that differ elsewhere only do not concern it. */
export const DEPLOYED_PATHS = ['charts', 'gitops'];

/** Seconds after which Argo CD is asked to look, should the webhook have been lost. */
const WEBHOOK_PATIENCE = 10;

/**
 * Waits until Argo CD has applied a commit.
 * @throws UserError when the commit does not render, the sync fails or nothing happens in time
 */
export async function waitForSync(
  cluster: Cluster,
  name: string,
  commit: string,
  seconds: number,
  onPending?: (reason: string) => void,
): Promise<void> {
  const began = performance.now();
  let refreshed = false;
  await until(
    async () => {
      const status = await applicationStatus(cluster, name);
      if (!status) return `there is no Application ${name} yet`;
      const pending = await pendingSync(status, commit);
      if (pending === undefined) return true;
      const broken = renderError(status);
      const patience = performance.now() - began > WEBHOOK_PATIENCE * 1000;
      if (broken && patience) {
        throw new UserError(
          `Argo CD cannot apply ${commit.slice(0, 12)}: ${broken.slice(0, 600)}`,
          'What runs now goes on running. Mend the chart or the values, commit, and run the same command again.',
        );
      }
      if (patience && !refreshed) {
        refreshed = true;
        await refreshApplication(cluster, name);
      }
      return pending;
    },
    {
      what: `Argo CD to sync ${commit.slice(0, 12)}`,
      seconds,
      every: 150,
      ...(onPending ? { onPending } : {}),
      hint: `Look at "kubectl -n argocd describe application ${name}".`,
    },
  );
}

async function pendingSync(status: ApplicationStatus, commit: string): Promise<string | undefined> {
  const { sync, operationState } = status;
  const revision = sync?.revision;
  if (!revision) return 'Argo CD has not read the repository yet';
  if (revision !== commit && !(await repository.sameContent(revision, commit, DEPLOYED_PATHS))) {
    return `Argo CD is at ${revision.slice(0, 12)}`;
  }
  if (operationState?.phase === 'Running') return operationState.message ?? 'the sync runs';
  if (sync.status !== 'Synced')
    return `the Application is ${sync.status}${operationState?.message ? ` (${operationState.message})` : ''}`;
  return undefined;
}
