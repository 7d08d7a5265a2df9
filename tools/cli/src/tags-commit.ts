import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imagesFile, readImageTags, writeImageTags } from '@todo/workspace';
import { openRepository } from './git.ts';
import type { Tags } from './images.ts';
import { UserError } from './user-error.ts';

/**
 * The image tags that git says an environment runs.
 * @throws UserError when there is no such environment, or its images.yaml differs from the commit
 */
export async function cleanTags(folder: string, environment: string): Promise<Tags> {
  const repository = openRepository(folder);
  const file = imagesFile(environment);
  const text = await repository.committedText(file);
  if (text === undefined) {
    throw new UserError(
      `There is no environment "${environment}": git has no ${file}.`,
      'Name a folder of gitops/environments with --env.',
    );
  }
  if ((await repository.uncommitted([file])).length > 0) {
    throw new UserError(
      `${file} has changes that are not committed.`,
      `Look at them with "git diff ${file}"; commit them, or drop them with "git restore --staged --worktree ${file}".`,
    );
  }
  return readImageTags(text);
}

/**
 * Writes image tags into an environment's images.yaml and commits that one file, whatever else is
 * changed in the checkout. Nothing is committed when the tags are there already.
 * @returns the commit that is checked out afterwards
 */
export async function commitTags(
  folder: string,
  environment: string,
  tags: Tags,
  message: string,
): Promise<string> {
  const repository = openRepository(folder);
  const file = imagesFile(environment);
  const before = await readFile(join(folder, file), 'utf8');
  const after = writeImageTags(before, tags, environment);
  if (after === before) return repository.head();
  await writeFile(join(folder, file), after);
  return repository.commitFile(file, message);
}

/** How many apps a subject names. */
const NAMED = 4;

/** Apps as a subject names them; the lines below it name all: `agent, backend and 88 more`. */
export function appsInWords(apps: string[]): string {
  if (apps.length <= NAMED) return apps.join(', ');
  return `${apps.slice(0, NAMED - 2).join(', ')} and ${apps.length - NAMED + 2} more`;
}

/**
 * The message of a commit that changes tags, in the form that the history is read from.
 * @param subject such as "Roll back backend in dev"
 * @param changed new tags by app
 * @param trailers such as { Restores: <commit> }; those without a value are left out
 */
export function tagsMessage(
  subject: string,
  changed: Tags,
  trailers: Record<string, string | undefined>,
): string {
  const lines = Object.entries(changed).map(([app, tag]) => `${app}: ${tag}`);
  const last = Object.entries(trailers).flatMap(([key, value]) =>
    value ? [`${key}: ${value}`] : [],
  );
  return `${subject}\n\n${lines.join('\n')}\n\n${last.join('\n')}\n`;
}
