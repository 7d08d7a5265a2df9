import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../user-error.ts';
import { applyManifests, isNotFound, kubectl, type Cluster } from './kubernetes.ts';

export const ARGOCD_NAMESPACE = 'argocd';
const STAMP = 'todo.dev/manifest-sha256';

/** Parts of Argo CD that a single developer's cluster has no use for: single sign-on, mails, sets. */
const unused = [
  'argocd-dex-server',
  'argocd-notifications-controller',
  'argocd-applicationset-controller',
];

/**
 * Installs Argo CD from its upstream manifest, unless this very manifest is installed.
 * @param source path or URL of install.yaml
 * @returns whether anything was applied
 */
export async function installArgocd(
  cluster: Cluster,
  source: string,
  settings: string,
): Promise<boolean> {
  const manifest = await readManifest(source);
  const digest = createHash('sha256').update(manifest).update(settings).digest('hex');
  const namespace = await cluster.core.readNamespace({ name: ARGOCD_NAMESPACE });
  if (namespace.metadata?.annotations?.[STAMP] === digest) return false;
  await applyManifests(cluster.context, manifest, { namespace: ARGOCD_NAMESPACE });
  await applyManifests(cluster.context, settings, { manager: 'todo-settings' });
  await kubectl(cluster.context, [
    '-n',
    ARGOCD_NAMESPACE,
    'scale',
    '--replicas=0',
    'deployment',
    ...unused,
  ]);
  await kubectl(cluster.context, [
    'annotate',
    '--overwrite',
    'namespace',
    ARGOCD_NAMESPACE,
    `${STAMP}=${digest}`,
  ]);
  return true;
}

async function readManifest(source: string): Promise<string> {
  const hint = 'Set ARGOCD_MANIFEST to a path or URL of Argo CD’s install.yaml.';
  if (!/^https?:/.test(source)) {
    return readFile(source, 'utf8').catch((error: Error) => {
      throw new UserError(`Argo CD's manifest could not be read: ${error.message}.`, hint);
    });
  }
  const response = await fetch(source).catch((error: Error) => {
    throw new UserError(
      `Argo CD's manifest could not be fetched from ${source}: ${error.message}.`,
      hint,
    );
  });
  if (!response.ok) {
    throw new UserError(
      `Argo CD's manifest could not be fetched: ${source} answered ${response.status}.`,
      hint,
    );
  }
  return response.text();
}

const application = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).optional() }).optional(),
  status: z
    .object({
      sync: z
        .object({
          status: z.string().optional(),
          revision: z.string().optional(),
          comparedTo: z
            .object({ source: z.object({ repoURL: z.string().optional() }).optional() })
            .optional(),
        })
        .optional(),
      health: z
        .object({ status: z.string().optional(), message: z.string().optional() })
        .optional(),
      conditions: z.array(z.object({ type: z.string(), message: z.string() })).optional(),
      operationState: z
        .object({
          phase: z.string().optional(),
          message: z.string().optional(),
          startedAt: z.string().optional(),
          finishedAt: z.string().optional(),
          operation: z
            .object({ sync: z.object({ revision: z.string().optional() }).optional() })
            .optional(),
          syncResult: z.object({ revision: z.string().optional() }).optional(),
        })
        .optional(),
    })
    .optional(),
});
export type ApplicationStatus = NonNullable<z.infer<typeof application>['status']> & {
  /** It was asked to look at git and has not done so yet. */
  refreshing?: boolean;
};

/** Asks Argo CD to look at git; it takes the annotation away when it has. */
const REFRESH = 'argocd.argoproj.io/refresh';

const location = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  namespace: ARGOCD_NAMESPACE,
  plural: 'applications',
};

/** What Argo CD says of an Application; undefined when there is none. */
export async function applicationStatus(
  { custom }: Cluster,
  name: string,
): Promise<ApplicationStatus | undefined> {
  try {
    const { metadata, status } = application.parse(
      await custom.getNamespacedCustomObject({ ...location, name }),
    );
    return { ...status, refreshing: REFRESH in (metadata?.annotations ?? {}) };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/**
 * Asks Argo CD to look at git now, for when no webhook told it.
 * @param kind hard: make manifests anew, too; it remembers for an hour what it could not make
 */
export function refreshApplication(
  { context }: Cluster,
  name: string,
  kind: 'normal' | 'hard' = 'normal',
): Promise<string> {
  return kubectl(context, [
    ...['-n', ARGOCD_NAMESPACE, 'annotate', '--overwrite', 'application', name],
    `${REFRESH}=${kind}`,
  ]);
}

/** Ends the sync that is running, so that a newer commit gets its turn. */
export function terminateOperation({ context }: Cluster, name: string): Promise<string> {
  return patchApplication(context, name, { status: { operationState: { phase: 'Terminating' } } });
}

/** Asks for a sync of a commit; Argo CD does not try a commit again by itself once it has failed. */
export function requestSync({ context }: Cluster, name: string, revision: string): Promise<string> {
  return patchApplication(context, name, {
    operation: {
      initiatedBy: { username: 'todo' },
      sync: {
        revision,
        prune: true,
        syncOptions: ['ApplyOutOfSyncOnly=true', 'ServerSideApply=true'],
      },
    },
  });
}

function patchApplication(context: string, name: string, patch: object): Promise<string> {
  return kubectl(context, [
    ...['-n', ARGOCD_NAMESPACE, 'patch', 'application', name],
    ...['--type', 'merge', '--patch', JSON.stringify(patch)],
  ]);
}

/** The problem that keeps Argo CD from making manifests, if it has one. */
export function renderError(status: ApplicationStatus): string | undefined {
  return status.conditions?.find(({ type }) => /^(ComparisonError|InvalidSpecError)$/.test(type))
    ?.message;
}

/**
 * The password that Argo CD gave its user admin at the first start.
 * @throws UserError when somebody has changed it, and deleted the Secret as Argo CD advises
 */
export async function adminPassword({ core }: Cluster): Promise<string> {
  const secret = { namespace: ARGOCD_NAMESPACE, name: 'argocd-initial-admin-secret' };
  const { data } = await core.readNamespacedSecret(secret).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
    throw new UserError(
      'The cluster does not know the password of the user admin: somebody has set another one.',
      `Ask them, or set a new one: https://argo-cd.readthedocs.io/en/stable/faq/`,
    );
  });
  return Buffer.from(data?.['password'] ?? '', 'base64').toString();
}
