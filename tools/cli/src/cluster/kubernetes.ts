import {
  AppsV1Api,
  BatchV1Api,
  CoreV1Api,
  createConfiguration,
  CustomObjectsApi,
  KubeConfig,
  ServerConfiguration,
} from '@kubernetes/client-node';
import { run } from '../command-line.ts';
import { UserError } from '../user-error.ts';
import { isUnreachable, patientHttp, unreachable } from './connection.ts';

export interface Cluster {
  /** kubeconfig context, which minikube names after the profile. */
  context: string;
  core: CoreV1Api;
  apps: AppsV1Api;
  batch: BatchV1Api;
  custom: CustomObjectsApi;
}

/** For each answer, so that kubectl ends when the cluster is gone. */
const REQUEST_TIMEOUT = '60s';

/**
 * Opens the cluster that a kubeconfig context names. Its calls fail with a UserError when the
 * cluster does not answer in time, or refuses the credentials.
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
  const configuration = createConfiguration({
    baseServer: new ServerConfiguration(config.getCurrentCluster()?.server ?? '', {}),
    authMethods: { default: config },
    httpApi: patientHttp(context),
  });
  return {
    context,
    core: new CoreV1Api(configuration),
    apps: new AppsV1Api(configuration),
    batch: new BatchV1Api(configuration),
    custom: new CustomObjectsApi(configuration),
  };
}

/**
 * Runs kubectl against the cluster, for what its own code does best: apply, exec.
 * @throws UserError when it fails; when the cluster does not answer, with the cause of that
 */
export async function kubectl(context: string, args: string[], input?: string): Promise<string> {
  const limits = ['--context', context, '--request-timeout', REQUEST_TIMEOUT];
  const options = input === undefined ? {} : { input, stdin: 'pipe' as const };
  try {
    return await run('kubectl', [...limits, ...args], options);
  } catch (error) {
    const text = error instanceof UserError ? error.message : '';
    if (!isUnreachable(text)) throw error;
    throw await unreachable(context, text.trim().split('\n').at(-1) ?? '', error);
  }
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
