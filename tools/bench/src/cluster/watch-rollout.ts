import { KubeConfig, Watch } from '@kubernetes/client-node';
import { until } from '@todo/cli';
import { z } from 'zod';
import type { RolloutRecord } from './rollout-record.ts';

/** Whom to watch. */
export interface Watched {
  /** kubeconfig context. */
  context: string;
  namespace: string;
  /** Name of the app; its Service is `<app>-service`. */
  app: string;
  /** Argo CD's Application; left out where there is none. */
  application?: string;
}

export interface RolloutWatch {
  record: RolloutRecord;
  stop: () => void;
}

const operation = z.object({ sync: z.object({ revision: z.string().optional() }).optional() });
const application = z.object({
  status: z
    .object({ operationState: z.object({ operation: operation.optional() }).optional() })
    .optional(),
});
const pod = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ containers: z.array(z.object({ image: z.string() })) }),
});
const endpointSlice = z.object({
  metadata: z.object({ name: z.string() }),
  endpoints: z
    .array(
      z.object({
        conditions: z.object({ ready: z.boolean().nullish() }).optional(),
        targetRef: z.object({ name: z.string() }).optional(),
      }),
    )
    .nullish(),
});

const RECONNECT_MS = 20;

/**
 * Writes down what happens to a service, as the API server tells it; the times that objects carry
 * themselves are whole seconds.
 * @throws UserError when the API server does not answer
 */
export async function watchRollout(watched: Watched): Promise<RolloutWatch> {
  const { context, namespace, app } = watched;
  const config = new KubeConfig();
  config.loadFromDefault();
  config.setCurrentContext(context);
  const watch = new Watch(config);
  const record: RolloutRecord = { syncs: [], endpoints: [], images: new Map() };
  const slices = new Map<string, string[]>();
  const waiting = new Set<string>();
  const watches = new Map<string, AbortController>();
  let stopped = false;

  const follow = async (
    path: string,
    query: Record<string, string>,
    seen: (object: unknown, at: number, phase: string) => void,
  ): Promise<void> => {
    waiting.add(path);
    const onEvent = (phase: string, object: unknown) => {
      waiting.delete(path);
      // An error ends the watch; the next one begins with all objects as they are.
      if (phase !== 'ERROR') seen(object, Date.now(), phase);
    };
    // The client ends a watch on which nothing happens for half a minute.
    const onEnd = () => {
      if (!stopped) setTimeout(() => void follow(path, query, seen), RECONNECT_MS);
    };
    watches.set(path, await watch.watch(path, query, onEvent, onEnd));
    if (stopped) watches.get(path)?.abort();
  };

  const core = `/api/v1/namespaces/${namespace}/pods`;
  await follow(core, { labelSelector: `app.kubernetes.io/name=${app}` }, (object) => {
    const { metadata, spec } = pod.parse(object);
    record.images.set(metadata.name, spec.containers[0]?.image ?? '');
  });
  const discovery = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
  const ofService = { labelSelector: `kubernetes.io/service-name=${app}-service` };
  await follow(discovery, ofService, (object, at, phase) => {
    const { metadata, endpoints } = endpointSlice.parse(object);
    if (phase === 'DELETED') slices.delete(metadata.name);
    else slices.set(metadata.name, readyPods(endpoints ?? []));
    record.endpoints.push({ at, ready: [...slices.values()].flat() });
  });
  if (watched.application) {
    const applications = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
    const one = { fieldSelector: `metadata.name=${watched.application}` };
    await follow(applications, one, (object, at) => {
      const revision =
        application.parse(object).status?.operationState?.operation?.sync?.revision ?? '';
      if (revision) record.syncs.push({ at, revision });
    });
  }
  const stop = () => {
    stopped = true;
    for (const one of watches.values()) one.abort();
  };
  await until(async () => [...waiting][0] ?? true, {
    what: 'the first answers of the API server',
    seconds: 30,
    every: 20,
    hint: 'Check that the cluster runs: "npm run up" starts what is missing.',
  }).catch((error: unknown) => {
    stop();
    throw error;
  });
  return { record, stop };
}

type Endpoints = NonNullable<z.infer<typeof endpointSlice>['endpoints']>;

function readyPods(endpoints: Endpoints): string[] {
  return endpoints
    .filter(({ conditions }) => conditions?.ready ?? true)
    .map(({ targetRef }) => targetRef?.name ?? '');
}
