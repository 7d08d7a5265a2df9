import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes the standalone server that `next build` has written load src/server/json-console.ts first:
 * Next.js prints its banner before any code of ours runs. Running it twice changes nothing.
 */
const folder = join(import.meta.dirname, '.next/standalone/apps/frontend');
const server = join(folder, 'server.js');
const first = "import './json-console.ts';\n";

await copyFile(
  join(import.meta.dirname, 'src/server/json-console.ts'),
  join(folder, 'json-console.ts'),
);
const code = await readFile(server, 'utf8');
if (!code.startsWith(first)) await writeFile(server, first + code);
