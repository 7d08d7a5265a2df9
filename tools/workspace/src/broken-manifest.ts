import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Looks for what Nx does not name when it cannot read the workspace: a manifest that is no JSON.
 * @returns the first one and what is wrong with it, or undefined
 */
export async function brokenManifest(root: string): Promise<string | undefined> {
  const manifests = ['nx.json', 'package.json', '{apps,libs,tools}/*/{package,project}.json'];
  for await (const file of glob(manifests, { cwd: root })) {
    try {
      JSON.parse(await readFile(join(root, file), 'utf8'));
    } catch (error) {
      return `${file}: ${(error as Error).message}`;
    }
  }
  return undefined;
}
