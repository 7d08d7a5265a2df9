import { until } from '../until.ts';

/** Media types of everything an image tag can stand for. */
const manifests = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/**
 * Whether a registry holds a tag.
 * @param registry host:port, plain HTTP on the loopback
 * @param repository such as todo/backend
 */
export async function registryHolds(
  registry: string,
  repository: string,
  tag: string,
): Promise<boolean> {
  const response = await fetch(`http://${registry}/v2/${repository}/manifests/${tag}`, {
    method: 'HEAD',
    headers: { accept: manifests },
  });
  return response.ok;
}

/** Waits until the registry answers on this machine. */
export function waitForRegistry(registry: string): Promise<true> {
  return until(
    async () => {
      const response = await fetch(`http://${registry}/v2/`).catch((error: Error) => error.message);
      return typeof response === 'string'
        ? response
        : response.ok || `it answered ${response.status}`;
    },
    {
      what: `the registry at ${registry}`,
      seconds: 180,
      hint: 'Look at "kubectl -n registry get pods".',
    },
  );
}
