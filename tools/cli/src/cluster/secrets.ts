import { randomBytes } from 'node:crypto';
import { namespaceOf } from '../settings.ts';
import { databaseUnknown, externalDatabase, hasExternalDatabase } from './external-database.ts';
import { isNotFound, type Cluster } from './kubernetes.ts';

/** Makes a value that only the cluster will know: URL-safe, `bytes` of randomness. */
export const randomSecret = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/**
 * Makes a Secret, or adds the keys it lacks. A key that is there keeps its value, unless `replace`
 * names it: those come from the person's own environment.
 * @param values makers of the values by key; called only for a key that is missing or replaced
 * @returns the Secret's values as they are now
 */
export async function ensureSecret(
  { core }: Cluster,
  namespace: string,
  name: string,
  values: Record<string, () => string>,
  { replace = [], labels = {} }: { replace?: string[]; labels?: Record<string, string> } = {},
): Promise<Record<string, string>> {
  const present = await core.readNamespacedSecret({ namespace, name }).catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
  const kept: Record<string, string> = Object.fromEntries(
    Object.entries(present?.data ?? {}).map(([key, value]) => [
      key,
      Buffer.from(value, 'base64').toString(),
    ]),
  );
  const added = Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => kept[key] === undefined || replace.includes(key))
      .map(([key, make]) => [key, make()])
      .filter(([key, value]) => kept[key as string] !== value),
  ) as Record<string, string>;
  const all = { ...kept, ...added };
  if (present && Object.keys(added).length === 0) return all;
  const metadata = {
    ...present?.metadata,
    name,
    namespace,
    labels: { ...present?.metadata?.labels, ...labels },
  };
  const body = { metadata, type: 'Opaque', stringData: all };
  if (present) await core.replaceNamespacedSecret({ namespace, name, body });
  else await core.createNamespacedSecret({ namespace, body });
  return all;
}

/**
 * The Secrets that the services of an environment refer to. API keys, and the address of a database
 * outside the cluster, come from the environment or the `.env` file; the rest is made up once and
 * kept.
 */
export async function ensureAppSecrets(
  cluster: Cluster,
  environment: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const namespace = namespaceOf(environment);
  await ensureDatabaseSecrets(cluster, environment, env);
  await ensureSecret(cluster, namespace, 'auth-secrets', { AUTH_SECRET: () => randomSecret(48) });
  const key = env['OPENAI_API_KEY'];
  await ensureSecret(
    cluster,
    namespace,
    'api-keys',
    { OPENAI_API_KEY: () => key ?? '' },
    { replace: key ? ['OPENAI_API_KEY'] : [] },
  );
}

const DATABASE = 'database-secrets';

async function ensureDatabaseSecrets(
  cluster: Cluster,
  environment: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const namespace = namespaceOf(environment);
  if (await hasExternalDatabase(environment)) {
    const addresses = externalDatabase(environment, env);
    if (!addresses) return;
    const { DATABASE_URL, DATABASE_URL_DIRECT } = addresses;
    const values = {
      DATABASE_URL: () => DATABASE_URL,
      DATABASE_URL_DIRECT: () => DATABASE_URL_DIRECT,
    };
    await ensureSecret(cluster, namespace, DATABASE, values, { replace: Object.keys(values) });
    return;
  }
  const { POSTGRES_PASSWORD: password } = await ensureSecret(cluster, namespace, DATABASE, {
    POSTGRES_PASSWORD: () => randomSecret(),
  });
  const url = () => `postgresql://todo:${password}@postgres:5432/todo`;
  await ensureSecret(cluster, namespace, DATABASE, { DATABASE_URL: url, DATABASE_URL_DIRECT: url });
}

/**
 * Checks that an environment's services will find out where their database is.
 * @throws UserError when nobody has said it
 */
export async function expectDatabaseKnown({ core }: Cluster, environment: string): Promise<void> {
  const secret = await core
    .readNamespacedSecret({ namespace: namespaceOf(environment), name: DATABASE })
    .catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
  if (!secret?.data?.['DATABASE_URL']) throw databaseUnknown(environment);
}
