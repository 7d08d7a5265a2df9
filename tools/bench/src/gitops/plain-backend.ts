import { ensureSecret, kubectl, randomSecret, run, until, type Cluster } from '@todo/cli';
import { imagesFile } from '@todo/workspace';
import { arrivedAt } from '../cluster/rollout-record.ts';
import { restServices, wakeServices } from '../cluster/pause.ts';
import { watchRollout } from '../cluster/watch-rollout.ts';
import { inClone, type Bench } from './bench.ts';
import { APP, tagsOf } from './measure-arrival.ts';

export const RELEASE = 'todo-chatbot';
export const CHART = 'charts/todo-chatbot';

/** The registry as pods know it. */
export const NODE_REGISTRY = 'localhost:5000';

/**
 * Installs the backend with its database by plain Helm in a namespace of its own: the same chart,
 * values and image as Argo CD has, without the services that a change of the backend does not touch.
 * The environment's own services end meanwhile: two CPUs have no room for both.
 */
export async function installPlainBackend(bench: Bench, namespace: string): Promise<void> {
  const { cluster, profile } = bench;
  await restServices(cluster, bench);
  await removeNamespace(bench, namespace);
  await cluster.core.createNamespace({ body: { metadata: { name: namespace } } });
  await makeSecrets(cluster, namespace);
  await inClone(bench, 'helm', ['dependency', 'build', CHART]);
  await inClone(bench, 'helm', [
    ...['upgrade', '--install', RELEASE, CHART],
    ...['--kube-context', profile, '--namespace', namespace],
    ...['--values', 'gitops/environments/dev/values.yaml', '--values', imagesFile('dev')],
    ...['frontend', 'agent', 'mcp'].flatMap((app) => ['--set', `${app}.enabled=false`]),
    ...['--set', 'global.ingress.enabled=false'],
  ]);
  // The Service must be there before its endpoints can be watched.
  const { record, stop } = await watchRollout({ context: profile, namespace, app: APP });
  try {
    const tag = (await tagsOf(bench, 'HEAD'))[APP] ?? '';
    const arrival = { tag, replicas: 2, after: 0 };
    await until(async () => (arrivedAt(record, arrival) ? true : 'its pods are not ready'), {
      what: `the backend in ${namespace}`,
      seconds: 180,
      hint: `Look at "kubectl --context ${profile} -n ${namespace} get pods".`,
    });
  } finally {
    stop();
  }
}

/** What the chart refers to, as `npm run up` makes it. */
async function makeSecrets(cluster: Cluster, namespace: string): Promise<void> {
  const password = randomSecret();
  const url = () => `postgresql://todo:${password}@postgres:5432/todo`;
  await ensureSecret(cluster, namespace, 'database-secrets', {
    POSTGRES_PASSWORD: () => password,
    DATABASE_URL: url,
    DATABASE_URL_DIRECT: url,
  });
  await ensureSecret(cluster, namespace, 'auth-secrets', { AUTH_SECRET: () => randomSecret(48) });
}

/** Takes the namespace away, with everything in it, and lets the environment's services run again. */
export async function removePlainBackend(bench: Bench, namespace: string): Promise<void> {
  await removeNamespace(bench, namespace);
  await wakeServices(bench.cluster, bench.application);
}

async function removeNamespace({ profile }: Bench, name: string): Promise<void> {
  await kubectl(profile, ['delete', 'namespace', name, '--ignore-not-found', '--timeout=120s']);
}

/**
 * Looks whether Helm is there.
 * @throws UserError when it is not
 */
export async function expectHelm(): Promise<void> {
  await run('helm', ['version', '--short'], {
    hint: 'Install Helm (https://helm.sh/docs/intro/install/), or leave these out with --only.',
  });
}
