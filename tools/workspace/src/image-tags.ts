import {
  createProjectGraphAsync,
  workspaceRoot,
  type NxJsonConfiguration,
  type ProjectGraph,
} from '@nx/devkit';
// Nx has no public way to ask for a task's hash without running the task; a test compares these
// with the NX_TASK_HASH that a running task sees.
import { hashTasksThatDoNotDependOnOutputsOfOtherTasks } from 'nx/src/hasher/hash-task';
import { createTaskHasher } from 'nx/src/hasher/create-task-hasher';
import { createTaskGraph } from 'nx/src/tasks-runner/create-task-graph';
import { readNxJson } from 'nx/src/config/nx-json';
import { despiteAbandoned } from './despite-abandoned.ts';
import { IMAGE_TARGET } from './image-target.ts';

/** The project graph, and the tags of the images that can be built from it. */
export interface ImageGraph {
  nxJson: NxJsonConfiguration;
  graph: ProjectGraph;
  /** By project name, in alphabetical order. */
  tags: Record<string, string>;
}

/**
 * The tag that `docker-build` gives to each app's image: the Nx task hash of the image's inputs.
 * Nothing is built. The same source gives the same tags on every machine.
 * @returns tags by project name, in alphabetical order
 */
export async function imageTags(): Promise<Record<string, string>> {
  const { tags } = await readImageGraph();
  return tags;
}

/** Reads the sources as they are now: see {@link imageTags}. */
export async function readImageGraph(): Promise<ImageGraph> {
  const nxJson = readNxJson(workspaceRoot);
  const graph = await projectGraph();
  const names = Object.values(graph.nodes)
    .filter((node) => node.data.targets?.[IMAGE_TARGET])
    .map((node) => node.name)
    .sort();
  const tasks = createTaskGraph(graph, {}, names, [IMAGE_TARGET], undefined, {});
  const hasher = createTaskHasher(graph, nxJson);
  await hashTasksThatDoNotDependOnOutputsOfOtherTasks(hasher, graph, tasks, nxJson, null);
  const tags = Object.fromEntries(
    names.map((name) => {
      const hash = tasks.tasks[`${name}:${IMAGE_TARGET}`]?.hash;
      if (!hash)
        throw new Error(`Nx gave no hash for ${name}:${IMAGE_TARGET} in ${workspaceRoot}.`);
      return [name, hash];
    }),
  );
  return { nxJson, graph, tags };
}

/**
 * The project graph, made with all plugins in this process: one process for each of them would take
 * three times as long. What they set in its environment is taken back.
 */
async function projectGraph(): Promise<ProjectGraph> {
  const { NX_ISOLATE_PLUGINS, NODE_ENV } = process.env;
  process.env['NX_ISOLATE_PLUGINS'] ??= 'false';
  try {
    return await despiteAbandoned(() => createProjectGraphAsync({ exitOnError: false }));
  } finally {
    restore('NX_ISOLATE_PLUGINS', NX_ISOLATE_PLUGINS);
    restore('NODE_ENV', NODE_ENV);
  }
}

function restore(variable: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, variable);
  else process.env[variable] = value;
}
