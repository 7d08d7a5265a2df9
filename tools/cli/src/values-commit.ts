import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imagesFile, writeImageTags } from '@todo/workspace';
import { repository } from './repository.ts';
import { committedTags, type Tags } from './images.ts';
import { root } from './settings.ts';

/** Apps whose tag differs between two sets, in alphabetical order. */
export function changedApps(before: Tags, after: Tags): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((app) => before[app] !== after[app])
    .sort();
}

/**
 * Writes the tags into an environment's values and commits that one file.
 * @returns the apps whose tag changed; without one nothing is written and nothing committed
 */
export async function commitValues(environment: string, tags: Tags): Promise<string[]> {
  const file = imagesFile(environment);
  const path = join(root, file);
  const before = await readFile(path, 'utf8');
  const after = writeImageTags(before, tags, environment);
  // Compared with the commit: an interrupted run may have written the file without committing it.
  const apps = changedApps(await committedTags(environment), tags);
  if (after !== before) await writeFile(path, after);
  if ((await repository.uncommitted([file])).length > 0) {
    const source = (await repository.head()).slice(0, 12);
    await repository.commitFile(
      file,
      `Ship ${apps.join(', ') || 'images'} to ${environment}\n\n${apps.map((app) => `${app}: ${tags[app]}`).join('\n')}\n\nSource: ${source}\n`,
    );
  }
  return apps;
}
