import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../settings.ts';
import { UserError } from '../user-error.ts';

const values = z.looseObject({
  global: z
    .looseObject({ database: z.looseObject({ external: z.boolean().optional() }).optional() })
    .optional(),
});

/** Whether an environment's values say that its database is outside the cluster. */
export async function hasExternalDatabase(
  environment: string,
  folder: string = root,
): Promise<boolean> {
  const file = join(folder, 'gitops/environments', environment, 'values.yaml');
  const text = await readFile(file, 'utf8');
  return values.parse(parse(text) ?? {}).global?.database?.external ?? false;
}

/** The variable that says where an environment's database is, such as TODO_PROD_DATABASE_URL. */
const variableOf = (environment: string) =>
  `TODO_${environment.toUpperCase().replaceAll('-', '_')}_DATABASE_URL`;

/**
 * Where an environment's database is, as the person's own environment says.
 * @returns keys and values for the Secret; undefined when nothing is said
 */
export function externalDatabase(
  environment: string,
  env: NodeJS.ProcessEnv,
): Record<'DATABASE_URL' | 'DATABASE_URL_DIRECT', string> | undefined {
  const pooled = env[variableOf(environment)];
  if (!pooled) return undefined;
  const direct = env[`${variableOf(environment)}_DIRECT`];
  return { DATABASE_URL: pooled, DATABASE_URL_DIRECT: direct || pooled };
}

/** Nobody has said where an environment's database is. */
export function databaseUnknown(environment: string): UserError {
  const variable = variableOf(environment);
  return new UserError(
    `The database of ${environment} is outside the cluster, as its values say, and nobody has said where.`,
    `Set ${variable}=postgresql://… (and ${variable}_DIRECT, when ${variable} goes through a pool that migrations cannot use) in the environment or in .env, and run the same command again. The cluster keeps it in a Secret.`,
  );
}
