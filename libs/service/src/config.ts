import { z } from 'zod';
import { StartupError } from './startup-error.ts';

/** What a variable's `.meta()` may carry besides zod's own fields. */
export interface VariableMeta {
  description?: string;
  /** Name of the Kubernetes Secret that holds the variable; absent for what a ConfigMap holds. */
  secret?: string;
}

/** The environment does not fit the schema. The message names every wrong or missing variable. */
export class ConfigError extends StartupError {
  override name = 'ConfigError';
  /** Names of the wrong or missing variables. */
  readonly variables: string[];

  constructor(message: string, variables: string[]) {
    super(message);
    this.variables = variables;
  }
}

/**
 * Reads the configuration from environment variables. An empty string counts as unset.
 * @param schema a zod object, one property per variable
 * @returns the parsed values, defaults filled in
 * @throws ConfigError naming every wrong or missing variable, never the value of one
 */
export function loadConfig<S extends z.ZodObject>(
  schema: S,
  env: Record<string, string | undefined> = process.env,
): z.output<S> {
  const given = Object.fromEntries(
    Object.keys(schema.shape)
      .filter((name) => env[name] !== undefined && env[name].trim() !== '')
      .map((name) => [name, env[name]]),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;

  const problems = new Map<string, string>();
  for (const issue of result.error.issues) {
    const name = String(issue.path[0] ?? '');
    if (problems.has(name)) continue;
    problems.set(name, describe(name, name in given ? issue.message : 'is not set', schema));
  }
  throw new ConfigError(
    `The configuration is incomplete or wrong:\n${[...problems.values()].join('\n')}`,
    [...problems.keys()],
  );
}

/**
 * Description and Secret name of a variable, however deep `.optional()` or `.default()` wrap the
 * schema that carries them.
 */
export function variableMeta(schema: z.ZodType): VariableMeta {
  const own = (schema.meta() ?? {}) as VariableMeta;
  const inner = (schema.def as { innerType?: unknown }).innerType;
  return inner instanceof z.ZodType ? { ...variableMeta(inner), ...own } : own;
}

function describe(name: string, fault: string, schema: z.ZodObject): string {
  const variable = schema.shape[name] as z.ZodType | undefined;
  const meta = variable ? variableMeta(variable) : {};
  const expected = meta.description ? ` Expected: ${meta.description.replace(/\.$/, '')}.` : '';
  const where = meta.secret
    ? `in the environment or .env (in the cluster: Secret ${meta.secret})`
    : `in the environment or .env (in the cluster: the service's ConfigMap)`;
  return `  ${name}: ${fault.replace(/\.$/, '')}.${expected} Set it ${where}.`;
}
