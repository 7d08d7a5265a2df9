import { z } from 'zod';

const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const blob = z.object({ digest: z.string(), size: z.number() });
const manifest = z.object({
  manifests: z.array(blob).optional(),
  config: blob.optional(),
  layers: z.array(blob).optional(),
});

/**
 * Sizes of the blobs that an image in a registry consists of, by digest.
 * @param registry host:port, plain HTTP
 * @param reference such as `todo/backend:123`
 * @throws Error when the registry does not have it
 */
export async function imageBlobs(
  registry: string,
  reference: string,
): Promise<Map<string, number>> {
  const [repository = '', tag = ''] = reference.split(':');
  const blobs = new Map<string, number>();
  const read = async (name: string): Promise<void> => {
    const response = await fetch(`http://${registry}/v2/${repository}/manifests/${name}`, {
      headers: { accept: MANIFESTS },
    });
    if (!response.ok) throw new Error(`${reference} is not in the registry: ${response.status}`);
    const { manifests = [], config, layers = [] } = manifest.parse(await response.json());
    for (const { digest, size } of [...layers, ...(config ? [config] : [])]) {
      blobs.set(digest, size);
    }
    for (const { digest } of manifests) await read(digest);
  };
  await read(tag);
  return blobs;
}

/** Bytes of the blobs that an image has and an earlier one had not: what a push has to move. */
export function newBytes(before: Map<string, number>, after: Map<string, number>): number {
  return [...after]
    .filter(([digest]) => !before.has(digest))
    .reduce((sum, [, size]) => sum + size, 0);
}
