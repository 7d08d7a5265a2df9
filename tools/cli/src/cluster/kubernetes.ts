import {
  AppsV1Api,
  BatchV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
} from '@kubernetes/client-node';
import { run } from '../command-line.ts';
import { UserError } from '../user-error.ts';

export interface Cluster {
  /** kubeconfig context, which minikube names after the profile. */
  context: string;
  core: CoreV1Api;
  apps: AppsV1Api;
  batch: BatchV1Api;
  custom: CustomObjectsApi;
}

/**
 * Opens the cluster that a kubeconfig context names.
 * @throws UserError when the context does not exist
 */
export function openCluster(context: string): Cluster {
  const config = new KubeConfig();
  config.loadFromDefault();
  if (!config.getContextObject(context)) {
    throw new UserError(
      `There is no cluster "${context}" in your kubeconfig.`,
      'Run "npm run up" first, or name another with --profile.',
    );
  }
  config.setCurrentContext(context);
  return {
    context,
    core: config.makeApiClient(CoreV1Api),
    apps: config.makeApiClient(AppsV1Api),
    batch: config.makeApiClient(BatchV1Api),
    custom: config.makeApiClient(CustomObjectsApi),
  };
}

/** Runs kubectl against the cluster, for what its own code does best: apply, exec. */
export function kubectl(context: string, args: string[], input?: string): Promise<string> {
  return run(
    'kubectl',
    ['--context', context, ...args],
    input === undefined ? {} : { input, stdin: 'pipe' },
  );
}

/**
 * Applies manifests (YAML text) server-side; fields that somebody else set are taken over.
 * @param manager who owns the fields. What a manager applied before and leaves out now is removed,
 *   so manifests that share an object need a manager each.
 */
export function applyManifests(
  context: string,
  yaml: string,
  { namespace, manager = 'todo' }: { namespace?: string; manager?: string } = {},
): Promise<string> {
  const flags = ['--server-side', '--force-conflicts', `--field-manager=${manager}`];
  if (namespace) flags.push('--namespace', namespace);
  return kubectl(context, ['apply', ...flags, '-f', '-'], yaml);
}

/** Whether an error is the API server's "not found". */
export function isNotFound(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 404;
}
