import { imageTags } from '@todo/workspace';
import { addressesOf, profileState } from '../cluster/profile.ts';
import { expectAutoSync } from '../cluster/auto-sync.ts';
import { openCluster, type Cluster } from '../cluster/kubernetes.ts';
import { rolloutRevisions, waitForRollouts } from '../cluster/rollout.ts';
import { waitForRegistry } from '../cluster/registry.ts';
import { waitForSync } from '../cluster/sync.ts';
import { repository } from '../repository.ts';
import { buildImages, committedTags, deliverImages, missingImages, type Tags } from '../images.ts';
import { withLock } from '../lock.ts';
import { applicationOf, namespaceOf } from '../settings.ts';
import { runStages, type Stage, type StageTimes } from '../stages.ts';
import { UserError } from '../user-error.ts';
import { changedApps, commitValues } from '../values-commit.ts';

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

interface Shipment {
  cluster: Cluster;
  registry: string;
  tags: Tags;
  missing: string[];
  revisions: Map<string, string>;
  commit: string;
  /** Whether Argo CD has to do anything. */
  moves: boolean;
  result: Pick<ShipResult, 'built' | 'delivered' | 'restarted'>;
}

/**
 * Builds what changed, delivers it, writes the values, commits, pushes, and waits until the pods of
 * that very commit are healthy. Nothing changed: nothing is built, committed or restarted.
 * @throws UserError when a stage fails; running it again goes on from there
 */
export async function ship(options: ShipOptions): Promise<ShipResult> {
  const began = performance.now();
  const shipment = {
    result: { built: [], delivered: [], restarted: [] },
    missing: [],
    moves: true,
  } as unknown as Shipment;
  const stages = await withLock(options.profile, () =>
    runStages(shipStages(options), shipment, { quiet: options.json ?? false }),
  );
  return {
    commit: shipment.commit,
    ...shipment.result,
    stages,
    totalMs: Math.round(performance.now() - began),
  };
}

function shipStages({ profile, env, timeout }: ShipOptions): Stage<Shipment>[] {
  const namespace = namespaceOf(env);
  return [
    {
      name: 'forecast',
      title: 'Compare the sources with what runs',
      run: async (it) => {
        const [tags] = await Promise.all([imageTags(), connect(it, profile)]);
        await expectAutoSync(it.cluster, applicationOf(env));
        it.tags = tags;
        it.missing = await missingImages(it.registry, tags);
        it.revisions = await rolloutRevisions(it.cluster, namespace);
        const changed = changedApps(await committedTags(env), tags);
        it.moves = changed.length > 0 || !(await repository.isPushed());
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
        it.result.built = it.missing;
        return it.missing.join(', ') || 'none';
      },
    },
    {
      name: 'deliver',
      title: 'Deliver images',
      run: async (it) => {
        await deliverImages(it.registry, it.tags, it.missing);
        it.result.delivered = it.missing;
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
    {
      name: 'push',
      title: 'Push',
      run: async (it) => {
        if (!it.moves) return 'the git server has it';
        await repository.push();
        return undefined;
      },
    },
    {
      name: 'sync',
      title: 'Argo CD syncs',
      run: async (it, progress) => {
        await waitForSync(it.cluster, {
          application: applicationOf(env),
          namespace,
          commit: it.commit,
          tags: it.tags,
          seconds: timeout,
          onPending: progress,
        });
        return it.commit.slice(0, 12);
      },
    },
    {
      name: 'rollout',
      title: 'Roll out',
      run: async (it, progress) => {
        await waitForRollouts(it.cluster, namespace, it.tags, timeout, progress);
        const now = await rolloutRevisions(it.cluster, namespace);
        it.result.restarted = [...now.keys()]
          .filter((name) => now.get(name) !== it.revisions.get(name))
          .sort();
        return `${it.result.restarted.join(', ') || 'nothing'} restarted`;
      },
    },
  ];
}

async function connect(it: Shipment, profile: string): Promise<void> {
  const state = await profileState(profile);
  if (state !== 'running') {
    throw new UserError(`The cluster "${profile}" is ${state}.`, 'Run "npm run up" first.');
  }
  const addresses = await addressesOf(profile);
  it.cluster = openCluster(profile);
  it.registry = addresses.registry;
  await Promise.all([
    repository.ensureRemote(profile, addresses.git),
    waitForRegistry(addresses.registry),
  ]);
}
