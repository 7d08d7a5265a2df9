import { z } from 'zod';
import { UserError } from '../user-error.ts';
import { ARGOCD_NAMESPACE } from './argocd.ts';
import { isNotFound, kubectl, type Cluster } from './kubernetes.ts';

const application = z.object({
  metadata: z.object({
    managedFields: z
      .array(z.object({ time: z.string().optional(), fieldsV1: z.unknown() }))
      .optional(),
  }),
  spec: z.object({
    syncPolicy: z
      .object({ automated: z.object({ enabled: z.boolean().optional() }).optional() })
      .optional(),
  }),
  status: z
    .object({
      history: z
        .array(z.object({ id: z.number(), revision: z.string(), deployedAt: z.string() }))
        .optional(),
    })
    .optional(),
});

/** Where `f:enabled` stands in a list of managed fields. */
const ENABLED = ['f:spec', 'f:syncPolicy', 'f:automated', 'f:enabled'];

/** Who decides when an Application follows git. */
export type AutoSync =
  | { mode: 'automatic' }
  /** Switched off in the cluster, as a rollback in Argo CD's UI does; `since` is an ISO time. */
  | { mode: 'paused'; since?: string }
  /** Its manifest in git asks for no auto-sync: a person presses Sync. */
  | { mode: 'by hand' };

/** Reads an Application's manifest. */
export function autoSyncOf(manifest: unknown): AutoSync {
  const { metadata, spec } = application.parse(manifest);
  const automated = spec.syncPolicy?.automated;
  if (!automated) return { mode: 'by hand' };
  if (automated.enabled !== false) return { mode: 'automatic' };
  const since = metadata.managedFields
    ?.filter(({ fieldsV1 }) => holds(fieldsV1, ENABLED))
    .map(({ time }) => time)
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
  return { mode: 'paused', ...(since ? { since } : {}) };
}

function holds(fields: unknown, path: string[]): boolean {
  let at = fields;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !(key in at)) return false;
    at = (at as Record<string, unknown>)[key];
  }
  return true;
}

/** Whether an Application follows git by itself; undefined when there is no such Application. */
export async function autoSync(cluster: Cluster, name: string): Promise<AutoSync | undefined> {
  const manifest = await readApplication(cluster, name);
  return manifest === undefined ? undefined : autoSyncOf(manifest);
}

/** The commits that Argo CD deployed, as far as it remembers them, newest first. */
export async function deployedRevisions(cluster: Cluster, name: string): Promise<string[]> {
  const manifest = await readApplication(cluster, name);
  const history = manifest ? (application.parse(manifest).status?.history ?? []) : [];
  return history.map(({ revision }) => revision).reverse();
}

/** An Application's manifest as the cluster has it; undefined when there is none. */
export async function readApplication({ custom }: Cluster, name: string): Promise<unknown> {
  try {
    return await custom.getNamespacedCustomObject({
      group: 'argoproj.io',
      version: 'v1alpha1',
      namespace: ARGOCD_NAMESPACE,
      plural: 'applications',
      name,
    });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/**
 * Refuses to go on while an Application's auto-sync is paused: a push would change nothing.
 * @throws UserError with the two ways out
 */
export async function expectAutoSync(cluster: Cluster, name: string): Promise<void> {
  const state = await autoSync(cluster, name);
  if (state?.mode !== 'paused') return;
  throw new UserError(
    `Auto-sync of ${name} is paused${state.since ? ` since ${state.since}` : ''}, as a rollback in Argo CD's UI leaves it: nothing that you push would be deployed.`,
    'Run "npm run rollback -- --adopt" to write what runs now into git, or "npm run resume" to deploy what git says; both turn auto-sync on again.',
  );
}

/** Lets an Application follow git again, as its manifest in git says. */
export function resumeAutoSync({ context }: Cluster, name: string): Promise<string> {
  return kubectl(context, [
    ...['-n', ARGOCD_NAMESPACE, 'patch', 'application', name, '--type=merge'],
    ...['--patch', JSON.stringify({ spec: { syncPolicy: { automated: { enabled: null } } } })],
  ]);
}
