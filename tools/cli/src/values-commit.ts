import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imagesFile, writeImageTags } from '@todo/workspace';
import { commitsBetween } from './commit-facts.ts';
import { repository } from './repository.ts';
import { committedTags, type Tags } from './images.ts';
import { root } from './settings.ts';
import { appsInWords, tagsMessage } from './tags-commit.ts';
import { valuesHistory } from './values-history.ts';

/** Apps whose tag differs between two sets, in alphabetical order. */
export function changedApps(before: Tags, after: Tags): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((app) => before[app] !== after[app])
    .sort();
}

/**
 * Writes the tags into an environment's values and commits that one file.
 * @param dirty files that the images were made from and that no commit has
 * @returns the apps whose tag changed; without one nothing is written and nothing committed
 */
export async function commitValues(
  environment: string,
  tags: Tags,
  dirty: string[] = [],
): Promise<string[]> {
  const file = imagesFile(environment);
  const path = join(root, file);
  const before = await readFile(path, 'utf8').catch(() => undefined);
  const after = writeImageTags(before, tags, environment);
  // Compared with the commit: an interrupted run may have written the file without committing it.
  const apps = changedApps(await committedTags(environment), tags);
  if (after !== before) await writeFile(path, after);
  if ((await repository.uncommitted([file])).length > 0) {
    await repository.commitFile(file, await message(environment, apps, tags, dirty));
  }
  return apps;
}

/** How many source commits a message lists. */
const LISTED = 20;

/** Says which tags changed, and by which commits since the sources that were shipped last. */
async function message(
  environment: string,
  apps: string[],
  tags: Tags,
  dirty: string[],
): Promise<string> {
  const head = await repository.head();
  const [last] = await valuesHistory(root, environment);
  const since = last?.source ? await commitsBetween(root, last.source, head).catch(() => []) : [];
  const sources = since.filter(({ commit }) => commit !== last?.commit).slice(0, LISTED);
  const text = tagsMessage(
    `Ship ${appsInWords(apps) || 'images'} to ${environment}`,
    Object.fromEntries(apps.map((app) => [app, tags[app] ?? 'removed'])),
    {
      Source: head.slice(0, 12),
      Uncommitted: dirty.length > 0 ? dirty.join(', ') : undefined,
    },
  );
  if (sources.length === 0) return text;
  const list = sources.map(({ commit, subject }) => `- ${subject} (${commit.slice(0, 12)})`);
  return text.replace('\n\nSource:', `\n\n${list.join('\n')}\n\nSource:`);
}
