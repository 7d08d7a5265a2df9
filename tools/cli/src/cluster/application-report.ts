import { z } from 'zod';
import { UserError } from '../user-error.ts';
import { autoSyncOf, readApplication, type AutoSync } from './auto-sync.ts';
import { openCluster, type Cluster } from './kubernetes.ts';
import { expectRunning } from './profile.ts';

const application = z.object({
  spec: z.object({ source: z.object({ repoURL: z.string().default('') }).optional() }).optional(),
  status: z
    .object({
      sync: z.object({ status: z.string().optional(), revision: z.string().optional() }).optional(),
      health: z.object({ status: z.string().optional() }).optional(),
      conditions: z.array(z.object({ type: z.string(), message: z.string() })).optional(),
      operationState: z
        .object({ phase: z.string().optional(), message: z.string().optional() })
        .optional(),
      history: z
        .array(z.object({ id: z.number(), revision: z.string(), deployedAt: z.string() }))
        .optional(),
      resources: z
        .array(
          z.object({
            kind: z.string(),
            name: z.string(),
            namespace: z.string().optional(),
            status: z.string().optional(),
            requiresPruning: z.boolean().optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});

type Status = NonNullable<z.infer<typeof application>['status']>;
export type Resource = NonNullable<Status['resources']>[number];
/** A sync that Argo CD remembers. */
export type SyncEntry = NonNullable<Status['history']>[number];

/** What Argo CD says of an Application. */
export interface ApplicationReport {
  /** Synced, OutOfSync or Unknown. */
  sync: string;
  /** Healthy, Progressing, Degraded, Missing, Suspended or Unknown. */
  health: string;
  autoSync: AutoSync;
  /** URL of the repository that Argo CD reads. */
  repository: string;
  /** The commit that was compared with the cluster last. */
  comparedTo?: string;
  /** The commit whose objects are in the cluster, and when they came. */
  applied?: { commit: string; at?: string };
  /** What went wrong last, if anything did. */
  problem?: string;
  /** Oldest first; Argo CD keeps ten. */
  history: SyncEntry[];
  /** Objects that differ from git. */
  outOfSync: Resource[];
}

/** Reads an Application's manifest. */
export function reportOf(manifest: unknown): ApplicationReport {
  const { spec, status = {} } = application.parse(manifest);
  const sync = status.sync?.status ?? 'Unknown';
  const comparedTo = status.sync?.revision;
  const history = status.history ?? [];
  const last = history.at(-1);
  // A commit that changes no object is Synced without a sync; one that is not synced does not run.
  const commit = sync === 'Synced' && comparedTo ? comparedTo : last?.revision;
  const problem = problemOf(status);
  return {
    sync,
    health: status.health?.status ?? 'Unknown',
    autoSync: autoSyncOf(manifest),
    repository: spec?.source?.repoURL ?? '',
    ...(comparedTo ? { comparedTo } : {}),
    ...(commit ? { applied: { commit, ...(last ? { at: last.deployedAt } : {}) } } : {}),
    ...(problem ? { problem } : {}),
    history,
    outOfSync: (status.resources ?? []).filter((one) => one.status === 'OutOfSync'),
  };
}

function problemOf({ conditions = [], operationState = {} }: Status): string | undefined {
  const error = conditions.find(({ type }) => type.endsWith('Error'));
  if (error) return error.message;
  const failed = operationState.phase === 'Failed' || operationState.phase === 'Error';
  return failed ? `the last sync failed: ${operationState.message ?? ''}` : undefined;
}

/**
 * Opens a running profile's cluster.
 * @throws UserError when the profile does not run
 */
export async function openRunning(profile: string): Promise<Cluster> {
  await expectRunning(profile);
  return openCluster(profile);
}

/**
 * What Argo CD says of an Application.
 * @throws UserError when the cluster does not answer, or has no such Application
 */
export async function readReport(cluster: Cluster, name: string): Promise<ApplicationReport> {
  const manifest = await readApplication(cluster, name);
  if (manifest !== undefined) return reportOf(manifest);
  throw new UserError(
    `There is no Application ${name} in the cluster.`,
    'Run "npm run up", or name another environment with --env.',
  );
}
