import { applicationStatus, refreshApplication } from '../cluster/argocd.ts';
import { autoSync, resumeAutoSync } from '../cluster/auto-sync.ts';
import { runningTags, workloadsOf } from '../cluster/running-images.ts';
import { onCluster } from './on-cluster.ts';
import { repository } from '../repository.ts';
import { tagChanges, type TagChanges } from '../restore.ts';
import { applicationOf, namespaceOf, root } from '../settings.ts';
import { runStages, type Stage, type StageTimes } from '../stages.ts';
import { cleanTags, commitTags, tagsMessage } from '../tags-commit.ts';
import { until } from '../until.ts';
import { UserError } from '../user-error.ts';
import { valuesHistory } from '../values-history.ts';
import { DEPLOYED_PATHS } from '../cluster/sync.ts';
import { arrivalStages, connect, pushStage, type Delivery } from './deploy-stages.ts';

export interface AdoptOptions {
  profile: string;
  env: string;
  /** Seconds for Argo CD and the pods, each. */
  timeout: number;
  json?: boolean;
}

export interface AdoptResult {
  environment: string;
  /** The commit that has what runs. */
  commit: string;
  /** Tags that changed in git, by service. */
  changed: TagChanges;
  /** Deployments whose pods were replaced: none, unless charts or values changed since. */
  restarted: string[];
  stages: StageTimes;
  totalMs: number;
}

interface Adoption extends Delivery {
  changed: TagChanges;
}

/**
 * Writes the images that run now into git and turns auto-sync on again: what a rollback in Argo CD's
 * UI brought stays.
 * @throws UserError when auto-sync is not paused, or something runs that is not of this repository
 */
export async function adopt(options: AdoptOptions): Promise<AdoptResult> {
  const began = performance.now();
  const it = { restarted: [], changed: {} } as unknown as Adoption;
  const stages = await onCluster(options.profile, () =>
    runStages(adoptStages(options), it, { quiet: options.json ?? false }),
  );
  return {
    environment: options.env,
    commit: it.commit,
    changed: it.changed,
    restarted: it.restarted,
    stages,
    totalMs: Math.round(performance.now() - began),
  };
}

function adoptStages({ profile, env, timeout }: AdoptOptions): Stage<Adoption>[] {
  const application = applicationOf(env);
  return [
    {
      name: 'read',
      title: 'Read what runs',
      run: async (it) => {
        const current = await cleanTags(root, env);
        Object.assign(it, await connect(profile));
        const state = await autoSync(it.cluster, application);
        if (state?.mode !== 'paused') throw notPaused(application);
        const workloads = await workloadsOf(it.cluster, namespaceOf(env));
        it.tags = runningTags(workloads, current);
        it.changed = tagChanges(current, it.tags);
        return Object.keys(it.changed).join(', ') || 'git has the same';
      },
    },
    {
      name: 'commit',
      title: 'Write and commit the tags',
      run: async (it) => {
        const apps = Object.keys(it.changed);
        it.commit = await commitTags(root, env, it.tags, await message(it, env));
        return apps.length > 0 ? it.commit.slice(0, 12) : 'nothing to commit';
      },
    },
    pushStage(env),
    {
      name: 'resume',
      title: 'Turn auto-sync on',
      run: async (it, onPending) => {
        // Not before Argo CD has seen the commit: it would deploy the one before.
        await waitUntilSeen(it, application, timeout, onPending);
        await resumeAutoSync(it.cluster, application);
        return undefined;
      },
    },
    ...arrivalStages(env, timeout),
  ];
}

async function message({ tags, changed }: Adoption, env: string): Promise<string> {
  const apps = Object.keys(changed);
  const same = (await valuesHistory(root, env)).find(
    (one) => Object.keys(tagChanges(one.tags, tags)).length === 0,
  );
  return tagsMessage(
    `Adopt what runs in ${env}: ${apps.join(', ')}`,
    Object.fromEntries(apps.map((app) => [app, tags[app] ?? ''])),
    { Restores: same?.commit.slice(0, 12) ?? 'cluster' },
  );
}

async function waitUntilSeen(
  { cluster, commit }: Adoption,
  application: string,
  seconds: number,
  onPending: (reason: string) => void,
): Promise<void> {
  await refreshApplication(cluster, application);
  await until(
    async () => {
      const revision = (await applicationStatus(cluster, application))?.sync?.revision;
      if (!revision) return 'it has not read the repository yet';
      if (revision === commit) return true;
      const same = await repository.sameContent(revision, commit, DEPLOYED_PATHS);
      return same || `it is at ${revision.slice(0, 12)}`;
    },
    {
      what: `Argo CD to read ${commit.slice(0, 12)}`,
      seconds,
      every: 150,
      onPending,
      hint: `Look at "kubectl -n argocd describe application ${application}"; running the same command again goes on.`,
    },
  );
}

function notPaused(application: string): UserError {
  return new UserError(
    `Auto-sync of ${application} is not paused: git already decides what runs, so there is nothing to adopt.`,
    'Run "npm run rollback" to go back by a commit.',
  );
}
