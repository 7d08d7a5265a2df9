import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createNodesFromFiles, type CreateNodes, type TargetConfiguration } from '@nx/devkit';
import { IMAGE_TARGET } from './image-target.ts';
import { runtimeInputs } from './runtime-inputs.ts';

const bundlerInputs = [
  '{workspaceRoot}/tools/workspace/src/bundle.ts',
  { externalDependencies: ['esbuild'] },
];

/**
 * Infers for every app with a Dockerfile what its image is made from, which is what its tag is a hash
 * of; and, for an app with a `src/main.ts`, `build`, which bundles it into `dist/main.js`.
 * Next.js apps have no `src/main.ts`: `@nx/next` infers their `build`. `@nx/docker` infers the rest
 * of `docker-build`.
 */
export const createNodes: CreateNodes = [
  '{apps,libs}/*/package.json',
  (files, options, context) => {
    const libraries = files.filter((file) => file.startsWith('libs/'));
    return createNodesFromFiles(
      (file) => {
        const root = dirname(file);
        const has = (path: string) => existsSync(join(context.workspaceRoot, root, path));
        if (!root.startsWith('apps/') || !has('Dockerfile')) return {};
        const bundled = has('src/main.ts');
        const inputs = [
          ...runtimeInputs(root, libraries, context.workspaceRoot),
          ...(bundled ? bundlerInputs : []),
        ];
        const targets: Record<string, TargetConfiguration> = {
          [IMAGE_TARGET]: { inputs: [...inputs, { env: 'BASE_IMAGE' }] },
        };
        if (bundled) {
          targets['build'] = {
            command: 'node tools/workspace/src/bundle.ts {projectRoot}',
            cache: true,
            inputs,
            outputs: ['{projectRoot}/dist'],
            metadata: { description: 'Bundles the app into dist/main.js.' },
          };
        }
        return { projects: { [root]: { targets } } };
      },
      files,
      options,
      context,
    );
  },
];
