import { ailments } from '../cluster/ailments.ts';
import { expectAutoSync } from '../cluster/auto-sync.ts';
import { whileStarting } from '../cluster/patience.ts';
import { describeForecast, forecastFiles, forecastRestarts, surprises } from '../forecast.ts';
import type { Forecast } from '../forecast.ts';
import { BehindServer } from '../git.ts';
import { committedTags, deliverImages, missingImages } from '../images.ts';
import { repository } from '../repository.ts';
import { applicationOf } from '../settings.ts';
import { expectCommitted, uncommittedSources } from '../shipped-sources.ts';
import { runStages, type Stage, type StageTimes } from '../stages.ts';
import { commitValues } from '../values-commit.ts';
import { arrivalStages, connect, pushStage, type Delivery } from './deploy-stages.ts';
import { explaining, onCluster } from './on-cluster.ts';
import type { Shipment, ShipOptions } from './shipment.ts';
import { undoing } from './undo-ship.ts';

export interface ShipResult {
  /** The commit that Argo CD applied. */
  commit: string;
  /** What was to be expected. */
  forecast: Forecast;
  /** Apps whose image was built. */
  built: string[];
  /** Apps whose image was pushed to the registry. */
  delivered: string[];
  /** Files that the ship changed and committed. */
  changed: string[];
  /** Deployments whose pods were replaced. */
  restarted: string[];
  /** Where fact and forecast differ, in words. */
  surprises: string[];
  /** Why Argo CD does not deploy the commit by itself; null when it has. */
  waits: string | null;
  /** Milliseconds by stage. */
  stages: StageTimes;
  totalMs: number;
}

/**
 * Builds what changed, delivers it, writes the values, commits, pushes, and waits until the pods of
 * that very commit are healthy. Nothing changed: nothing is built, committed or restarted.
 * @throws UserError when a stage fails; running it again goes on from there
 */
export async function ship(options: ShipOptions): Promise<ShipResult> {
  const began = performance.now();
  const it = { restarted: [], built: [], delivered: [], changed: [] } as unknown as Shipment;
  const quiet = options.json ?? false;
  const stages = await onCluster(options.profile, () => {
    const run = runStages(shipStages(options), it, { quiet });
    return options.rollbackOnFailure ? undoing(run, it, { ...options, quiet }) : run;
  });
  const fact = { build: it.built, files: it.changed, restart: it.restarted };
  return {
    commit: it.commit,
    forecast: it.forecast,
    built: it.built,
    delivered: it.delivered,
    changed: it.changed,
    restarted: it.restarted,
    surprises: it.waits ? [] : surprises(it.forecast, fact),
    waits: it.waits ?? null,
    stages,
    totalMs: Math.round(performance.now() - began),
  };
}

/**
 * What a ship would do; nothing is built, changed or pushed.
 * @returns the forecast, and uncommitted files that a ship would refuse
 * @throws UserError when the cluster does not run, or a ship could not begin
 */
export async function forecastShip(
  options: ShipOptions,
): Promise<{ forecast: Forecast; dirty: string[] }> {
  const it = {} as Shipment;
  const stages = [forecastStage({ ...options, allowDirty: true })];
  await explaining(options.profile, () => runStages(stages, it, { quiet: options.json ?? false }));
  return { forecast: it.forecast, dirty: it.dirty };
}

function forecastStage({ profile, env, allowDirty, builder }: ShipOptions): Stage<Shipment> {
  return {
    name: 'forecast',
    title: 'Compare the sources with what runs',
    run: async (it) => {
      it.dirty = await uncommittedSources();
      if (!allowDirty) expectCommitted(it.dirty);
      const [tags, connection] = await Promise.all([builder.tags(), connectUpToDate(profile, env)]);
      Object.assign(it, connection, { tags });
      const [build, restart, start, before] = await Promise.all([
        missingImages(it.registry, tags),
        forecastRestarts(it.cluster, env, tags),
        repository.head(),
        committedTags(env),
      ]);
      Object.assign(it, { start, before });
      it.forecast = { build, files: forecastFiles(env, it.before, tags), restart };
      const dirty =
        it.dirty.length > 0 ? `; not committed: ${it.dirty.slice(0, 3).join(', ')}` : '';
      return `${describeForecast(it.forecast).join('; ')}${dirty}`;
    },
  };
}

/** Whatever would keep a ship from arriving is told before it builds. */
async function connectUpToDate(profile: string, env: string) {
  const connection = await connect(profile);
  const { cluster } = connection;
  // A checkout that lacks others' commits could not push.
  await whileStarting(
    'the git server',
    () => repository.expectUpToDate(),
    () => ailments(cluster, ['git server']),
  );
  await expectAutoSync(cluster, applicationOf(env));
  return connection;
}

function shipStages(options: ShipOptions): Stage<Shipment>[] {
  const { env, timeout, builder } = options;
  return [
    forecastStage(options),
    {
      name: 'build',
      title: 'Build images',
      run: async (it, progress) => {
        if (it.forecast.build.length > 0) await builder.build(it.forecast.build, progress);
        it.built = it.forecast.build;
        return it.built.join(', ') || 'none';
      },
    },
    {
      name: 'deliver',
      title: 'Deliver images',
      run: async (it) => {
        await deliverImages(it.registry, it.tags, it.built);
        it.delivered = it.built;
        return it.delivered.join(', ') || 'none';
      },
    },
    {
      name: 'commit',
      title: 'Write and commit the values',
      run: async (it) => {
        await commitValues(env, it.tags, it.dirty);
        it.commit = await repository.head();
        if (it.commit === it.start) return 'nothing to commit';
        it.changed = await repository.changedFiles(it.start, it.commit);
        return it.commit.slice(0, 12);
      },
    },
    withdrawing(pushStage(env)),
    ...arrivalStages(env, timeout),
  ];
}

/** A values commit that could not be pushed would only be in the way of those that came first. */
function withdrawing(push: Stage<Delivery>): Stage<Shipment> {
  return {
    ...push,
    run: async (it, progress) => {
      try {
        return await push.run(it, progress);
      } catch (error) {
        if (error instanceof BehindServer && it.commit !== it.start) {
          await repository.dropNewestCommit();
        }
        throw error;
      }
    },
  } as Stage<Shipment>;
}
