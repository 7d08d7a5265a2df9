import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/**
 * The environment, completed by the `.env` file at the repository's root; what is set in the
 * environment wins, also when it is set to nothing.
 * @param root the repository's folder
 */
export async function environmentOf(
  root: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<NodeJS.ProcessEnv> {
  const text = await readFile(join(root, '.env'), 'utf8').catch(() => '');
  return { ...parseEnv(text), ...env };
}
