import { until } from '../until.ts';
import { PartError } from './part-error.ts';
import { reasonOf } from './silence.ts';

/** Media types of everything an image tag can stand for. */
const manifests = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Milliseconds for one answer of the registry, which is on this machine. */
const ANSWER_MS = 10_000;

/**
 * Whether a registry holds a tag.
 * @param registry host:port, plain HTTP on the loopback
 * @param repository such as todo/backend
 * @throws PartError when it does not say
 */
export async function registryHolds(
  registry: string,
  repository: string,
  tag: string,
): Promise<boolean> {
  const response = await fetch(`http://${registry}/v2/${repository}/manifests/${tag}`, {
    method: 'HEAD',
    headers: { accept: manifests },
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch((error: Error) => {
    throw silent(registry, reasonOf(error), error);
  });
  if (response.ok || response.status === 404) return response.ok;
  throw silent(registry, `it answered ${response.status} when asked for ${repository}`);
}

function silent(registry: string, reason: string, cause?: Error): PartError {
  return new PartError(
    'registry',
    `The registry at ${registry} does not work: ${reason}.`,
    'Run "npm run up", which starts what is missing, and the same command again.',
    { cause },
  );
}

/**
 * Waits until the registry answers on this machine.
 * @param watch says what is wrong in the cluster, and throws when it will not pass
 */
export function waitForRegistry(
  registry: string,
  watch: () => Promise<string | undefined> = () => Promise.resolve(undefined),
): Promise<true> {
  return until(
    async () => {
      const response = await fetch(`http://${registry}/v2/`, {
        signal: AbortSignal.timeout(ANSWER_MS),
      }).catch((error: Error) => reasonOf(error));
      if (typeof response !== 'string' && response.ok) return true;
      const answer = typeof response === 'string' ? response : `it answered ${response.status}`;
      return (await watch()) ?? answer;
    },
    {
      what: `the registry at ${registry}`,
      seconds: 180,
      hint: 'Look at "kubectl -n registry get pods".',
    },
  );
}
