import { cpSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles an app into one file: `node tools/workspace/src/bundle.ts <project root> [asset folder]`.
 * Reads `<project root>/src/main.ts`, writes `<project root>/dist/main.js`, and copies the asset
 * folder beside it. Dependencies are bundled too, so an image needs no node_modules.
 */
const [root = '.', assets] = process.argv.slice(2);
const outdir = join(root, 'dist');
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: [join(root, 'src/main.ts')],
  outfile: join(outdir, 'main.js'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  keepNames: true,
  legalComments: 'none',
  logLevel: 'warning',
  // CommonJS dependencies call require() for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
if (assets)
  cpSync(assets, join(outdir, resolve(assets).split(/[\\/]/).at(-1) ?? ''), { recursive: true });
