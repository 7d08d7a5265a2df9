import { readdirSync } from 'node:fs';
import { join } from 'node:path';

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
