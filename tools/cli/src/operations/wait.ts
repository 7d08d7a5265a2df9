import { expectAutoSync } from '../cluster/auto-sync.ts';
import { applicationStatus } from '../cluster/argocd.ts';
import { openRunning, readReport } from '../cluster/application-report.ts';
import type { Cluster } from '../cluster/kubernetes.ts';
import { waitForRollouts } from '../cluster/rollout.ts';
import { syncState } from '../cluster/sync-state.ts';
import { waitForSync } from '../cluster/sync.ts';
import { deployedPaths } from '../checkout-state.ts';
import { isWithin } from '../commit-facts.ts';
import type { Tags } from '../images.ts';
import { knownCommit, newestOnServer } from '../named-commits.ts';
import { repository } from '../repository.ts';
import { isRealTag } from '../restore.ts';
import { applicationOf, namespaceOf, root } from '../settings.ts';
import { runStages, type Stage, type StageTimes } from '../stages.ts';
import { until } from '../until.ts';
import { UserError } from '../user-error.ts';
import { tagsAt } from '../values-history.ts';

export interface WaitOptions {
  profile: string;
  env: string;
  /** The commit to wait for; HEAD when left out. */
  commit?: string | undefined;
  /** Seconds for Argo CD and the pods, each. */
  timeout: number;
  json?: boolean;
}

export interface WaitResult {
  environment: string;
  /** The commit that was waited for. */
  commit: string;
  /** The commit that runs: the same, or a newer one that holds it. */
  applied: string;
  stages: StageTimes;
  totalMs: number;
}

interface Waiting {
  cluster: Cluster;
  commit: string;
  applied: string;
  tags: Tags;
}

/**
 * Waits until a commit is applied and all pods are healthy, as `ship` does.
 * @throws UserError when it is not pushed, auto-sync is paused, it cannot become healthy, or time is
 *   up
 */
export async function wait(options: WaitOptions): Promise<WaitResult> {
  const began = performance.now();
  const it = {} as Waiting;
  const stages = await runStages(waitStages(options), it, { quiet: options.json ?? false });
  return {
    environment: options.env,
    commit: it.commit,
    applied: it.applied,
    stages,
    totalMs: Math.round(performance.now() - began),
  };
}

function waitStages({ profile, env, commit = 'HEAD', timeout }: WaitOptions): Stage<Waiting>[] {
  const namespace = namespaceOf(env);
  const application = applicationOf(env);
  return [
    {
      name: 'target',
      title: 'Find the commit on the git server',
      run: async (it) => {
        it.cluster = await openRunning(profile);
        const server = await newestOnServer(profile);
        it.commit = (await knownCommit(commit)).commit;
        if (!server) throw noServer();
        it.applied = await appliedWith(root, it.commit, server);
        it.tags = (await tagsAt(root, env, [it.applied])).get(it.applied) ?? {};
        await expectAutoSync(it.cluster, application);
        if (!Object.values(it.tags).some(isRealTag)) throw noImages(env);
        return it.applied === it.commit
          ? it.commit.slice(0, 12)
          : `${it.applied.slice(0, 12)}, which holds ${it.commit.slice(0, 12)}`;
      },
    },
    {
      name: 'sync',
      title: 'Argo CD syncs',
      run: async (it, onPending) => {
        const { cluster, applied, tags } = it;
        const { autoSync } = await readReport(cluster, application);
        if (autoSync.mode === 'by hand') {
          await waitForPerson(cluster, { application, env, applied, timeout, onPending });
        } else {
          const wait = { application, namespace, commit: applied, tags, onPending };
          await waitForSync(cluster, { ...wait, seconds: timeout });
        }
        return applied.slice(0, 12);
      },
    },
    {
      name: 'rollout',
      title: 'Roll out',
      run: async (it, progress) => {
        await waitForRollouts(it.cluster, namespace, it.tags, timeout, progress);
        return 'all pods are healthy';
      },
    },
  ];
}

/**
 * The commit that Argo CD will have applied when a commit is in the cluster: it only ever looks at
 * the newest on the git server.
 * @throws UserError when the git server lacks the commit
 */
export async function appliedWith(folder: string, commit: string, server: string): Promise<string> {
  if (await isWithin(folder, commit, server)) return server;
  throw new UserError(
    `Commit ${commit.slice(0, 12)} is not on the git server, so Argo CD cannot apply it.`,
    'Push it with "git push minikube main", or run "npm run ship".',
  );
}

function noImages(environment: string): UserError {
  return new UserError(
    `${environment} has no images yet, so nothing will run there.`,
    'Run "npm run promote" to give it those of dev.',
  );
}

function noServer(): UserError {
  return new UserError(
    'The git server does not answer.',
    'Run "npm run up" to start what is missing.',
  );
}

interface PersonWait {
  application: string;
  env: string;
  applied: string;
  timeout: number;
  onPending: (reason: string) => void;
}

/** An Application without auto-sync is only watched: its syncs are a person's to begin. */
async function waitForPerson(cluster: Cluster, wait: PersonWait): Promise<void> {
  const { application, env, applied, timeout, onPending } = wait;
  const isSame = async (revision: string) =>
    revision === applied || (await repository.sameContent(revision, applied, deployedPaths(env)));
  await until(
    async () => {
      const state = await syncState((await applicationStatus(cluster, application)) ?? {}, isSame);
      return state.is === 'synced' || state.reason;
    },
    {
      what: `somebody to sync ${application}`,
      seconds: timeout,
      onPending,
      hint: "Press Sync in Argo CD's UI, and run the same command again.",
    },
  );
}
