import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createNodesFromFiles, type CreateNodes, type TargetConfiguration } from '@nx/devkit';

const BUNDLER = '{workspaceRoot}/tools/workspace/src/bundle.ts';

/** What decides the content of an app's bundle, and therefore its image's tag. */
const bundleInputs: TargetConfiguration['inputs'] = [
  'production',
  '^production',
  BUNDLER,
  { externalDependencies: ['esbuild'] },
];

/**
 * Infers `build` for every app with a `src/main.ts`: one file, `dist/main.js`.
 * Next.js apps have no `src/main.ts`; `@nx/next` infers theirs.
 */
export const createNodes: CreateNodes = [
  'apps/*/package.json',
  (files, options, context) =>
    createNodesFromFiles(
      (file) => {
        const root = dirname(file);
        if (!existsSync(join(context.workspaceRoot, root, 'src/main.ts'))) return {};
        return {
          projects: {
            [root]: {
              targets: {
                build: {
                  command: 'node tools/workspace/src/bundle.ts {projectRoot}',
                  cache: true,
                  inputs: bundleInputs,
                  outputs: ['{projectRoot}/dist'],
                  metadata: { description: 'Bundles the app into dist/main.js.' },
                },
              },
            },
          },
        };
      },
      files,
      options,
      context,
    ),
];
