import { imageTags } from '@todo/workspace';
import { expectAutoSync } from '../cluster/auto-sync.ts';
import { repository } from '../repository.ts';
import { buildImages, committedTags, deliverImages, missingImages } from '../images.ts';
import { withLock } from '../lock.ts';
import { applicationOf } from '../settings.ts';
import { runStages, type Stage, type StageTimes } from '../stages.ts';
import { changedApps, commitValues } from '../values-commit.ts';
import { arrivalStages, connect, pushStage, type Delivery } from './deploy-stages.ts';

export interface ShipOptions {
  profile: string;
  env: string;
  /** Seconds for Argo CD and the pods together. */
  timeout: number;
  json?: boolean;
}

export interface ShipResult {
  /** The commit that Argo CD applied. */
  commit: string;
  /** Apps whose image was built. */
  built: string[];
  /** Apps whose image was pushed to the registry. */
  delivered: string[];
  /** Deployments whose pods were replaced. */
  restarted: string[];
  /** Milliseconds by stage. */
  stages: StageTimes;
  totalMs: number;
}

interface Shipment extends Delivery {
  /** Apps whose image the registry lacks. */
  missing: string[];
  built: string[];
  delivered: string[];
}

/**
 * Builds what changed, delivers it, writes the values, commits, pushes, and waits until the pods of
 * that very commit are healthy. Nothing changed: nothing is built, committed or restarted.
 * @throws UserError when a stage fails; running it again goes on from there
 */
export async function ship(options: ShipOptions): Promise<ShipResult> {
  const began = performance.now();
  const shipment = { restarted: [], built: [], delivered: [], missing: [] } as unknown as Shipment;
  const stages = await withLock(options.profile, () =>
    runStages(shipStages(options), shipment, { quiet: options.json ?? false }),
  );
  return {
    commit: shipment.commit,
    built: shipment.built,
    delivered: shipment.delivered,
    restarted: shipment.restarted,
    stages,
    totalMs: Math.round(performance.now() - began),
  };
}

function shipStages({ profile, env, timeout }: ShipOptions): Stage<Shipment>[] {
  return [
    {
      name: 'forecast',
      title: 'Compare the sources with what runs',
      run: async (it) => {
        const [tags, connection] = await Promise.all([imageTags(), connect(profile)]);
        Object.assign(it, connection);
        await expectAutoSync(it.cluster, applicationOf(env));
        it.tags = tags;
        it.missing = await missingImages(it.registry, tags);
        const changed = changedApps(await committedTags(env), tags);
        const dirty = await repository.uncommitted(['apps', 'libs']);
        const warning =
          dirty.length > 0 ? `; from uncommitted changes: ${dirty.slice(0, 3).join(', ')}` : '';
        return `${changed.join(', ') || 'nothing'} changed${warning}`;
      },
    },
    {
      name: 'build',
      title: 'Build images',
      run: async (it, progress) => {
        await buildImages(it.missing, progress);
        it.built = it.missing;
        return it.missing.join(', ') || 'none';
      },
    },
    {
      name: 'deliver',
      title: 'Deliver images',
      run: async (it) => {
        await deliverImages(it.registry, it.tags, it.missing);
        it.delivered = it.missing;
        return it.missing.join(', ') || 'none';
      },
    },
    {
      name: 'commit',
      title: 'Write and commit the values',
      run: async (it) => {
        const apps = await commitValues(env, it.tags);
        it.commit = await repository.head();
        return apps.length > 0 ? it.commit.slice(0, 12) : 'nothing to commit';
      },
    },
    pushStage(env),
    ...arrivalStages(env, timeout),
  ];
}
