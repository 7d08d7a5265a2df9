import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { z } from 'zod';
import { DeclarationError, type Files } from './declaration.ts';

/** The repository that this plugin belongs to; where libraries and npm packages are found. */
export const repository = fileURLToPath(new URL('../../../..', import.meta.url));

/** A variable that an app reads from its environment. */
export interface Variable {
  name: string;
  description: string;
  /** Name of the Secret that holds it; undefined for what a ConfigMap holds. */
  secret?: string;
  /** The app does not start without it. */
  required: boolean;
  /** What it is when unset, as text. */
  fallback?: string;
  /** The only values that it may have, if they are few. */
  choices?: string[];
}

/** Variables that the chart sets from `port` and `shutdown`, or that a pod has no use for. */
const NOT_CONFIGURED = ['PORT', 'HOST', 'SHUTDOWN_GRACE_MS', 'MIGRATIONS_DIR'];

/** Those of a chart's `config`, and of its ConfigMap. */
export function configurable(variables: Variable[]): Variable[] {
  return variables.filter(({ name, secret }) => !secret && !NOT_CONFIGURED.includes(name));
}

/** Whether a Secret holds it. */
export function isSecret(variable: Variable): variable is Variable & { secret: string } {
  return variable.secret !== undefined;
}

/** Path of the file that says what an app reads from its environment. */
export const configFile = (app: string): string => `apps/${app}/src/config.ts`;

/**
 * Reads what an app wants in its environment from its own `configSchema`. The tree's text counts,
 * not the disk's, so that a generator may ask about an app that it is just writing.
 * @returns variables in the order of the schema
 * @throws DeclarationError when the app has no `src/config.ts` that exports `configSchema`
 */
export async function readVariables(tree: Files, app: string): Promise<Variable[]> {
  const file = configFile(app);
  if (!tree.exists(file)) {
    throw new DeclarationError(
      `${file} is missing. Export "configSchema" from it: what the app reads from its environment.`,
    );
  }
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: [],
    absWorkingDir: repository,
    logLevel: 'silent',
    plugins: [sources(tree)],
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const module = (await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`)) as {
    configSchema?: z.ZodObject<Record<string, z.ZodType>>;
  };
  if (!module.configSchema) {
    throw new DeclarationError(`${file} does not export "configSchema", a zod object.`);
  }
  return Object.entries(module.configSchema.shape).map(([name, schema]) => variable(name, schema));
}

function variable(name: string, schema: z.ZodType): Variable {
  const found: Variable = {
    name,
    description: schema.description ?? '',
    required: !schema.safeParse(undefined).success,
  };
  let inner = schema;
  for (;;) {
    const { secret } = (inner.meta() ?? {}) as { secret?: unknown };
    if (typeof secret === 'string') found.secret ??= secret;
    if (inner instanceof z.ZodDefault) found.fallback ??= String(inner.def.defaultValue);
    if (!(inner instanceof z.ZodDefault || inner instanceof z.ZodOptional)) break;
    inner = inner.unwrap() as z.ZodType;
  }
  if (inner instanceof z.ZodEnum) found.choices = inner.options.map(String);
  return found;
}

/**
 * Bundles an app's file out of the tree, with the workspace's libraries; npm packages stay imports.
 * A module of its own for each content: Node would not read a changed file again, and the Nx daemon
 * lives long. What is imported but not used is dropped, so that a config loads no server.
 */
function sources(tree: Files): Plugin {
  const namespace = 'tree';
  return {
    name: 'workspace-tree',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /.*/ }, async (args) => {
        if (args.pluginData === 'asked') return undefined;
        if (args.kind === 'entry-point') return { path: args.path, namespace };
        if (args.namespace === namespace && args.path.startsWith('.')) {
          return { path: posix.join(dirname(args.importer), args.path), namespace };
        }
        if (args.path.startsWith('node:')) return { path: args.path, external: true };
        const found = await resolve(args.path, {
          kind: args.kind,
          resolveDir: args.resolveDir || repository,
          pluginData: 'asked',
        });
        if (found.errors.length > 0 || !found.path.includes('/node_modules/')) {
          return { ...found, sideEffects: false };
        }
        return { path: pathToFileURL(found.path).href, external: true, sideEffects: false };
      });
      onLoad({ filter: /.*/, namespace }, ({ path }) => {
        const contents = tree.read(path, 'utf8');
        if (contents === null) return { errors: [{ text: `${path} does not exist` }] };
        // The folder of an app that is just being made is not on the disk yet.
        const folder = join(repository, dirname(path));
        return { contents, loader: 'ts', resolveDir: existsSync(folder) ? folder : repository };
      });
    },
  };
}
