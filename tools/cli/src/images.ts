import { imagesFile, readImageTags } from '@todo/workspace';
import { PartError } from './cluster/part-error.ts';
import { registryHolds } from './cluster/registry.ts';
import { run, succeeds } from './command-line.ts';
import { repository } from './repository.ts';
import { IMAGE_PREFIX } from './settings.ts';

/** Image tags by app. */
export type Tags = Record<string, string>;

/** The tags that git says an environment runs. */
export async function committedTags(environment: string): Promise<Tags> {
  return readImageTags(await repository.committedText(imagesFile(environment)));
}

/** Which of the images the registry lacks. */
export async function missingImages(registry: string, tags: Tags): Promise<string[]> {
  const held = await Promise.all(
    Object.entries(tags).map(async ([app, tag]) =>
      (await registryHolds(registry, `${IMAGE_PREFIX}/${app}`, tag)) ? undefined : app,
    ),
  );
  return held.filter((app) => app !== undefined);
}

/** Which of these apps' images this machine's Docker lacks. */
export async function locallyMissing(tags: Tags, apps: string[]): Promise<string[]> {
  const checks = await Promise.all(
    apps.map(async (app) => {
      const image = `${IMAGE_PREFIX}/${app}:${tags[app]}`;
      return (await succeeds('docker', ['image', 'inspect', image])) ? undefined : app;
    }),
  );
  return checks.filter((app) => app !== undefined);
}

/**
 * Pushes images to the cluster's registry; only layers that it lacks move.
 * @throws PartError when the registry does not take one
 */
export async function deliverImages(registry: string, tags: Tags, apps: string[]): Promise<void> {
  await Promise.all(
    apps.map(async (app) => {
      const name = `${IMAGE_PREFIX}/${app}:${tags[app]}`;
      await run('docker', ['tag', name, `${registry}/${name}`]);
      await run('docker', ['push', '--quiet', `${registry}/${name}`]).catch((error: Error) => {
        throw new PartError(
          'registry',
          `The image of ${app} could not be delivered to the registry:\n${error.message}`,
          'Run "npm run up", which starts what is missing, and the same command again.',
          { cause: error },
        );
      });
    }),
  );
}
