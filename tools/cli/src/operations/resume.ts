import { autoSync, resumeAutoSync } from '../cluster/auto-sync.ts';
import { refreshApplication } from '../cluster/argocd.ts';
import { onCluster } from './on-cluster.ts';
import { repository } from '../repository.ts';
import { applicationOf, root } from '../settings.ts';
import { runStages, type StageTimes } from '../stages.ts';
import { UserError } from '../user-error.ts';
import { tagsAt } from '../values-history.ts';
import { arrivalStages, connect, type Delivery } from './deploy-stages.ts';

export interface ResumeOptions {
  profile: string;
  env: string;
  /** Seconds for Argo CD and the pods, each. */
  timeout: number;
  json?: boolean;
}

export interface ResumeResult {
  environment: string;
  /** Whether auto-sync was off. */
  wasPaused: boolean;
  /** The commit that runs now. */
  commit: string;
  /** Deployments whose pods were replaced. */
  restarted: string[];
  stages: StageTimes;
  totalMs: number;
}

/**
 * Turns auto-sync on again and waits until what the git server has is deployed.
 * @throws UserError when the environment is not synced automatically at all, or a stage fails
 */
export async function resume(options: ResumeOptions): Promise<ResumeResult> {
  const { profile, env, timeout } = options;
  const began = performance.now();
  const application = applicationOf(env);
  const it = { restarted: [], wasPaused: false } as unknown as Delivery & { wasPaused: boolean };
  const stages = await onCluster(profile, () =>
    runStages<typeof it>(
      [
        {
          name: 'resume',
          title: 'Turn auto-sync on',
          run: async (it) => {
            Object.assign(it, await connect(profile));
            it.commit = await repository.fetch();
            it.tags = (await tagsAt(root, env, [it.commit])).get(it.commit) ?? {};
            const state = await autoSync(it.cluster, application);
            if (!state || state.mode === 'by hand') throw notAutomatic(application, !state);
            it.wasPaused = state.mode === 'paused';
            if (!it.wasPaused) return 'it is on';
            await resumeAutoSync(it.cluster, application);
            await refreshApplication(it.cluster, application);
            return undefined;
          },
        },
        ...arrivalStages(env, timeout),
      ],
      it,
      { quiet: options.json ?? false },
    ),
  );
  return {
    environment: env,
    wasPaused: it.wasPaused,
    commit: it.commit,
    restarted: it.restarted,
    stages,
    totalMs: Math.round(performance.now() - began),
  };
}

function notAutomatic(application: string, missing: boolean): UserError {
  return missing
    ? new UserError(
        `There is no Application ${application} in the cluster.`,
        'Run "npm run up", or name another environment with --env.',
      )
    : new UserError(
        `${application} is synced by hand, as its application.yaml says: there is nothing to resume.`,
        `Press Sync in Argo CD's UI to deploy what git has.`,
      );
}
