import { logger, type Tree } from '@nx/devkit';
import { imageTags } from '../../image-tags.ts';
import { imagesFile, writeImageTags } from '../../images-file.ts';
import type { ValuesGeneratorSchema } from './schema.d.ts';

/**
 * Writes the image tags of all apps into `gitops/environments/<env>/images.yaml`. Comments and
 * order are kept; when no tag changed the file is not touched.
 * @throws Error when the environment has no folder, or its file is not YAML
 */
export default async function valuesGenerator(
  tree: Tree,
  { env = 'dev' }: ValuesGeneratorSchema,
  tagsOfApps: () => Promise<Record<string, string>> = imageTags,
): Promise<void> {
  const known = tree.children('gitops/environments');
  if (!known.includes(env)) {
    throw new Error(
      `There is no environment "${env}". gitops/environments has: ${known.join(', ') || 'none'}.`,
    );
  }
  const file = imagesFile(env);
  const before = tree.read(file, 'utf8') ?? undefined;
  const after = writeImageTags(before, await tagsOfApps(), env);
  if (after === before) logger.info(`${file} is up to date.`);
  else tree.write(file, after);
}
