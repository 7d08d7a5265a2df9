import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { root } from './charts.ts';

/** Variables that the chart derives from `port` and `shutdown`, or that a pod has no use for. */
const DERIVED = ['PORT', 'HOST', 'SHUTDOWN_GRACE_MS', 'MIGRATIONS_DIR'];

export interface AppConfig {
  /** Variables of the ConfigMap: what each one means and, if they are few, its values. */
  config: Record<string, z.ZodType>;
  /** Variables from Secrets, with the Secret's name. */
  secrets: Record<string, string>;
}

/**
 * Reads what an app wants in its environment from its own `configSchema`.
 * @param app folder under `apps`
 * @throws Error when the app has no `src/config.ts` that exports `configSchema`
 */
export async function appConfig(app: string): Promise<AppConfig> {
  const file = join(root, 'apps', app, 'src/config.ts');
  if (!existsSync(file)) throw new Error(`${file} is missing; charts/${app} is described by it.`);
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
    configSchema?: z.ZodObject<Record<string, z.ZodType>>;
  };
  if (!module.configSchema) throw new Error(`${file} does not export "configSchema".`);
  const found: AppConfig = { config: {}, secrets: {} };
  for (const [variable, schema] of Object.entries(module.configSchema.shape)) {
    const secret = secretOf(schema);
    if (secret) found.secrets[variable] = secret;
    else if (!DERIVED.includes(variable)) found.config[variable] = textOf(schema);
  }
  return found;
}

function secretOf(schema: z.ZodType): string | undefined {
  const secret = (schema.meta() ?? {})['secret'];
  return typeof secret === 'string' ? secret : undefined;
}

/** A ConfigMap holds text only, so a chart's value is text, or one of an enum's words. */
function textOf(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodOptional) {
    inner = inner.unwrap() as z.ZodType;
  }
  const text = inner instanceof z.ZodEnum ? z.enum(inner.options.map(String)) : z.string();
  return text.optional().describe(schema.description ?? '');
}
