import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * The one vitest configuration; a project's vitest.config.ts only says where it stands.
 * @param projectRoot absolute path of the project's folder
 */
export function vitestProject(projectRoot: string) {
  return defineConfig({
    root: projectRoot,
    cacheDir: `${projectRoot}/../../node_modules/.vite/${basename(projectRoot)}`,
    test: {
      name: basename(projectRoot),
      environment: 'node',
      include: ['src/**/*.spec.{ts,tsx}'],
      reporters: ['default', 'json'],
      outputFile: { json: `${projectRoot}/test-output/results.json` },
      testTimeout: 30_000,
      hookTimeout: 60_000,
    },
  });
}
