import { repository } from '../repository.ts';
import { until } from '../until.ts';
import { UserError } from '../user-error.ts';
import {
  applicationStatus,
  refreshApplication,
  requestSync,
  terminateOperation,
} from './argocd.ts';
import { comparisonWatch } from './comparison-watch.ts';
import { healthWatch } from './explanation.ts';
import { announcePush } from './git-source.ts';
import type { Cluster } from './kubernetes.ts';
import { podTroubles, rolloutFailed } from './pod-trouble.ts';
import { syncState, type SyncState } from './sync-state.ts';

/** What Argo CD reads; commits that differ elsewhere only do not concern it. */
export const DEPLOYED_PATHS = ['charts', 'gitops'];

/** Seconds after which Argo CD is asked to look, should the webhook have been lost. */
const WEBHOOK_PATIENCE = 10;
/** Seconds that pods get which a sync waits for, such as the migration's. */
const POD_PATIENCE = 30;

export interface SyncWait {
  /** Name of the Application. */
  application: string;
  /** Where its pods run. */
  namespace: string;
  commit: string;
  /** Image tags by app that the commit holds. */
  tags: Record<string, string>;
  seconds: number;
  onPending?: (reason: string) => void;
}

/**
 * Waits until Argo CD has applied a commit. Helps it along where it does not go on by itself: after
 * a lost webhook, behind a sync that never ends, and after a failure whose cause is gone.
 * @throws UserError when the commit does not render or is refused, a pod that the sync waits for
 *   cannot start, Argo CD or the git server does not work, or nothing happens in time
 */
export async function waitForSync(cluster: Cluster, wait: SyncWait): Promise<void> {
  const { application, commit, seconds, onPending } = wait;
  await announcePush(cluster, application);
  const helped = new Set<string>();
  const once = async (name: string, help: () => Promise<unknown>) => {
    if (helped.has(name)) return;
    helped.add(name);
    await help();
  };
  const began = performance.now();
  let busySince = 0;
  /** When the failed sync had begun that another was asked for. */
  let failedBefore: string | undefined;
  const watch = healthWatch(cluster, ['node', 'Argo CD'], `Argo CD to sync ${commit.slice(0, 12)}`);
  const compare = comparisonWatch(commit, (kind) => refreshApplication(cluster, application, kind));
  const isSame = async (revision: string) =>
    revision === commit || (await repository.sameContent(revision, commit, DEPLOYED_PATHS));
  await until(
    async () => {
      const status = await applicationStatus(cluster, application);
      if (!status) return `there is no Application ${application} yet`;
      const state = await syncState(status, isSame);
      if (state.is === 'synced') return true;
      const waited = (performance.now() - began) / 1000;
      if (state.is !== 'busy') busySince = waited;
      const problem = (await compare(status)) ?? (await watch());
      if (problem) return problem;
      const { startedAt } = status.operationState ?? {};
      failOnRefusal(state, failedBefore !== undefined && failedBefore !== startedAt, commit);
      if (waited > WEBHOOK_PATIENCE) {
        if (state.is === 'busy' && waited - busySince > WEBHOOK_PATIENCE) {
          await once('terminate', () => terminateOperation(cluster, application));
        } else if (state.is === 'failed') {
          failedBefore ??= startedAt;
          await once('sync', () => requestSync(cluster, application, commit));
        } else await once('refresh', () => refreshApplication(cluster, application));
      }
      if (waited > POD_PATIENCE && state.is === 'pending') await failOnTrouble(cluster, wait);
      return state.reason;
    },
    {
      what: `Argo CD to sync ${commit.slice(0, 12)}`,
      seconds,
      every: 150,
      ...(onPending ? { onPending } : {}),
      hint: `Look at "kubectl -n argocd describe application ${application}".`,
    },
  );
}

/** What the API server refuses it goes on refusing; Argo CD tries five times all the same. */
function failOnRefusal(state: SyncState, tried: boolean, commit: string): void {
  if (state.is === 'synced') return;
  const again = /Retrying attempt #[2-9]/.test(state.reason) && state.is === 'pending';
  if (!again && !(tried && state.is === 'failed')) return;
  throw new UserError(
    `Argo CD cannot apply ${commit.slice(0, 12)}: ${state.reason.slice(0, 800)}`,
    'What runs now goes on running. Mend the chart or the values, commit, and run "npm run ship"; or take the commit back with "git revert".',
  );
}

async function failOnTrouble(cluster: Cluster, { namespace, tags }: SyncWait): Promise<void> {
  const trouble = (await podTroubles(cluster, namespace, tags))[0];
  if (trouble) throw await rolloutFailed(cluster, namespace, trouble.reason, trouble.pod);
}
