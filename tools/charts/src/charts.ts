import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The repository's folder. */
export const root = join(import.meta.dirname, '../../..');

export const UMBRELLA = 'todo-chatbot';
export const LIBRARY = 'common';

/** Folders under `charts`, in alphabetical order. */
export function chartNames(): string[] {
  return readdirSync(join(root, 'charts'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Apps that have an image, in alphabetical order. */
export function imageNames(): string[] {
  return readdirSync(join(root, 'apps'))
    .filter((app) => existsSync(join(root, 'apps', app, 'Dockerfile')))
    .sort();
}

/** Files below folders of the repository, but for the packages that helm leaves in a chart. */
export function filesOf(...folders: string[]): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !/^charts\/[^/]+\/(charts\/|Chart\.lock$)/.test(file));
}
