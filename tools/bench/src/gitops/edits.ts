import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScratchClone } from '@todo/scratch-clone';

/** A file of each app that a new last line changes what is built from. */
const lastLines = {
  agent: 'apps/agent/src/main.ts',
  frontend: 'apps/frontend/src/server/server-app.ts',
  mcp: 'apps/mcp/src/main.ts',
};

/** Changes one line of the backend: the version that its OpenAPI document tells. */
export async function editBackend({ folder }: ScratchClone): Promise<void> {
  const file = join(folder, 'apps/backend/src/app.ts');
  const text = await readFile(file, 'utf8');
  const edited = text.replace(/version: '[^']*'/, `version: '${randomUUID()}'`);
  if (edited === text) throw new Error(`${file} tells no version.`);
  await writeFile(file, edited);
}

/** Changes one line of each of the four services. */
export async function editAllApps(clone: ScratchClone): Promise<void> {
  await editBackend(clone);
  for (const file of Object.values(lastLines)) {
    await clone.append(file, `process.env['TODO_BENCH'] ??= '${randomUUID()}';\n`);
  }
}

/** Commits what was edited, as a person does before a ship. */
export async function commitEdits({ git }: ScratchClone): Promise<void> {
  await git('commit', '--quiet', '--all', '--no-verify', '--message', 'Change a line');
}
