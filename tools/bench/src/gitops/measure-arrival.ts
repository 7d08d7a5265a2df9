import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '@todo/cli';
import { imagesFile, readImageTags } from '@todo/workspace';
import { z } from 'zod';
import { imageBlobs, newBytes } from '../cluster/delivered-bytes.ts';
import { arrivedAt, syncStartedAt } from '../cluster/rollout-record.ts';
import { watchRollout } from '../cluster/watch-rollout.ts';
import { pushBeganAt } from '../git/push-trace.ts';
import { outOfStep } from './out-of-step.ts';
import { npmRun, type Bench, type Sample } from './bench.ts';

/** The service whose change is measured. */
export const APP = 'backend';

const deployed = z.object({
  commit: z.string(),
  restarted: z.array(z.string()),
  stages: z.record(z.string(), z.number()),
  totalMs: z.number(),
});
export type Deployed = z.infer<typeof deployed>;

export const ship = (bench: Bench, env?: Record<string, string>): Promise<Deployed> =>
  npmRun(bench, deployed, ['ship'], env);

/** The image tags that a commit in the clone holds. */
export async function tagsOf({ clone }: Bench, commit: string): Promise<Record<string, string>> {
  return readImageTags(await clone.git('show', `${commit}:${imagesFile('dev')}`));
}

/** Times of the stages that a command told, under names that do not clash. */
export function stageSample(stages: Record<string, number>): Sample {
  return Object.fromEntries(Object.entries(stages).map(([name, ms]) => [`stage.${name}`, ms]));
}

/**
 * Measures how a change of the backend travels, by watching the cluster and git while a command
 * carries it.
 * @param edit changes the sources; the time begins after it, with the person's commit
 * @param args such as ['ship'] or ['rollback', 'backend']
 */
export async function measureArrival(
  bench: Bench,
  args: [string, ...string[]],
  prepare: { edit?: () => Promise<void>; commit?: () => Promise<void> } = {},
): Promise<{ sample: Sample; deployed: Deployed }> {
  const { profile, cluster, namespace, application, clone } = bench;
  const trace = join(clone.folder, '.todo/push-trace.json');
  await rm(trace, { force: true });
  await prepare.edit?.();
  const [before, deployment] = await Promise.all([
    tagsOf(bench, 'HEAD'),
    cluster.apps.readNamespacedDeployment({ namespace, name: APP }),
  ]);
  const replicas = deployment.spec?.replicas ?? 1;
  const { record, stop } = await watchRollout({
    context: profile,
    namespace,
    app: APP,
    application,
  });
  try {
    await outOfStep();
    const began = Date.now();
    await prepare.commit?.();
    const result = await npmRun(bench, deployed, args, { GIT_TRACE2_EVENT: trace });
    const returned = Date.now();
    const after = await tagsOf(bench, result.commit);
    remember(bench, after, before);
    const arrival = { tag: after[APP] ?? '', replicas, after: began };
    const ready = await until(
      async () => arrivedAt(record, arrival) ?? 'the endpoints are not all new',
      {
        what: `the endpoints of ${APP}`,
        seconds: 30,
        every: 20,
        hint: 'Run the bench again on a cluster that nobody else uses.',
      },
    );
    const pushed = pushBeganAt(await readFile(trace, 'utf8')) ?? Number.NaN;
    const synced = syncStartedAt(record, result.commit) ?? Number.NaN;
    const sample = {
      editToReady: ready - began,
      pushToSync: synced - pushed,
      pushToReady: ready - pushed,
      returned: returned - began,
      command: result.totalMs,
      ...stageSample(result.stages),
      deliveredBytes: await deliveredBytes(bench.addresses.registry, before, after),
    };
    return { sample: finite(sample), deployed: result };
  } finally {
    stop();
  }
}

/** Leaves out what was not seen. */
function finite(sample: Sample): Sample {
  return Object.fromEntries(Object.entries(sample).filter(([, value]) => Number.isFinite(value)));
}

/** Notes the images that were made, so that they go when the bench is over. */
export function remember(
  { images, addresses }: Bench,
  after: Record<string, string>,
  before: Record<string, string>,
): void {
  for (const [app, tag] of Object.entries(after)) {
    if (before[app] === tag) continue;
    images.add(`todo/${app}:${tag}`);
    images.add(`${addresses.registry}/todo/${app}:${tag}`);
  }
}

async function deliveredBytes(
  registry: string,
  before: Record<string, string>,
  after: Record<string, string>,
): Promise<number> {
  const blobs = (tag = '') => imageBlobs(registry, `todo/${APP}:${tag}`);
  return newBytes(await blobs(before[APP]), await blobs(after[APP]));
}
