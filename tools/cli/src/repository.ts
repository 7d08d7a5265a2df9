import { openRepository } from './git.ts';
import { root } from './settings.ts';

/** The checkout that the commands run in. */
export const repository = openRepository(root);
