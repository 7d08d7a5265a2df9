// A process of its own: loading Nx and its plugins takes a while, in which whoever asked does other
// things. See image-builder-messages.ts for what it is asked and what it answers.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { brokenManifest } from './broken-manifest.ts';
import type { BuilderAnswer, BuilderRequest } from './image-builder-messages.ts';
import type { ImageGraph } from './image-tags.ts';

enableCompileCache(join(import.meta.dirname, '../../../.todo/compile-cache'));

const [{ readImageGraph }, { workspaceRoot }] = await Promise.all([
  import('./image-tags.ts'),
  import('@nx/devkit'),
]);
const images = readImageGraph();
// Whoever asked looks at the tags before it says what to build: time to load what builds.
const builds = images.then(() => import('nx/src/tasks-runner/run-command'));
builds.catch(() => undefined);

/** With whom nobody talks any more it ends. */
process.once('disconnect', () => process.exit());
process.on('message', async (request: BuilderRequest) => {
  try {
    answer(
      request.ask === 'tags'
        ? { tags: (await images).tags }
        : { built: await build(await images, request.apps) },
    );
  } catch (error) {
    const broken = await brokenManifest(workspaceRoot);
    answer({ error: broken ?? (error instanceof Error ? error.message : String(error)) });
  }
});

function answer(message: BuilderAnswer): void {
  process.send?.(message);
}

/** Builds with the graph that the tags come from: what is built is what the tags say. */
async function build({ graph, nxJson }: ImageGraph, apps: string[]): Promise<boolean> {
  // Nx has no public way to run tasks of a graph that is there already.
  const { runCommand } = await builds;
  const { splitArgsIntoNxArgsAndOverrides } = await import('nx/src/utils/command-line-utils');
  const { IMAGE_TARGET } = await import('./image-target.ts');
  const { nxArgs, overrides } = splitArgsIntoNxArgsAndOverrides(
    { targets: [IMAGE_TARGET], projects: apps, outputStyle: 'stream' },
    'run-many',
    { printWarnings: false },
    nxJson,
  );
  const projects = apps.flatMap((app) => graph.nodes[app] ?? []);
  const options = { excludeTaskDependencies: false, loadDotEnvFiles: true };
  return (
    (await runCommand(projects, graph, { nxJson }, nxArgs, overrides, null, {}, options)) === 0
  );
}
