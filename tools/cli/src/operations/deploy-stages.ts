import { autoSync, type AutoSync } from '../cluster/auto-sync.ts';
import { requestSync } from '../cluster/argocd.ts';
import { healthWatch } from '../cluster/explanation.ts';
import { remoteOf } from '../cluster/git-source.ts';
import { openCluster, type Cluster } from '../cluster/kubernetes.ts';
import { addressesOf } from '../cluster/profile.ts';
import { waitForRegistry } from '../cluster/registry.ts';
import { rolloutRevisions, waitForOldPods, waitForRollouts } from '../cluster/rollout.ts';
import { waitForSync } from '../cluster/sync.ts';
import type { Tags } from '../images.ts';
import { repository } from '../repository.ts';
import { applicationOf, namespaceOf } from '../settings.ts';
import type { Stage } from '../stages.ts';

/** A cluster that a commit of tags is brought to. */
export interface Connection {
  cluster: Cluster;
  /** host:port of the cluster's registry on this machine. */
  registry: string;
}

/**
 * Connects to a running profile and points the git remote at it.
 * @throws UserError when the profile does not run, or its registry does not come up
 */
export async function connect(profile: string): Promise<Connection> {
  const addresses = await addressesOf(profile);
  const cluster = openCluster(profile);
  const watch = healthWatch(cluster, ['node', 'registry'], 'the registry');
  await Promise.all([
    remoteOf(cluster, addresses).then((remote) => repository.ensureRemote(profile, remote)),
    waitForRegistry(addresses.registry, watch),
  ]);
  return { cluster, registry: addresses.registry };
}

/** What the last stages work on. */
export interface Delivery extends Connection {
  /** The commit to deploy, and the tags that it holds. */
  commit: string;
  tags: Tags;
  /** Rollout revisions of the Deployments before anything changed. */
  revisions?: Map<string, string>;
  /** Deployments whose pods were replaced. */
  restarted: string[];
  /** Why Argo CD does not deploy the commit by itself; undefined when it does. */
  waits?: string | undefined;
}

/** Pushes the checked-out commit. */
export function pushStage(environment: string): Stage<Delivery> {
  return {
    name: 'push',
    title: 'Push',
    run: async (it) => {
      it.revisions = await rolloutRevisions(it.cluster, namespaceOf(environment));
      if (await repository.isPushed()) return 'the git server has it';
      await repository.push();
      return undefined;
    },
  };
}

/**
 * Waits until Argo CD has applied the commit and the pods are healthy, if it does so by itself.
 * @param bySync begins the sync where that is a person's to do
 */
export function arrivalStages(
  environment: string,
  seconds: number,
  { bySync = false } = {},
): Stage<Delivery>[] {
  const application = applicationOf(environment);
  const namespace = namespaceOf(environment);
  return [
    {
      name: 'sync',
      title: 'Argo CD syncs',
      run: async (it, onPending) => {
        const { commit, tags } = it;
        const state = await autoSync(it.cluster, application);
        if (bySync && state?.mode === 'by hand') {
          await requestSync(it.cluster, application, commit);
        } else it.waits = whyWaiting(application, state);
        if (it.waits) return it.waits;
        it.revisions ??= await rolloutRevisions(it.cluster, namespace);
        await waitForSync(it.cluster, { application, namespace, commit, tags, seconds, onPending });
        return commit.slice(0, 12);
      },
    },
    {
      name: 'rollout',
      title: 'Roll out',
      run: async (it, progress) => {
        if (it.waits) return 'nothing yet';
        await waitForRollouts(it.cluster, namespace, it.tags, seconds, progress);
        const now = await rolloutRevisions(it.cluster, namespace);
        it.restarted = [...now.keys()].filter((name) => now.get(name) !== it.revisions?.get(name));
        return `${it.restarted.sort().join(', ') || 'nothing'} restarted`;
      },
    },
    {
      name: 'drain',
      title: 'Old pods end',
      run: async (it, progress) => {
        if (!it.waits) await waitForOldPods(it.cluster, namespace, seconds, progress);
        return undefined;
      },
    },
  ];
}

function whyWaiting(application: string, state: AutoSync | undefined): string | undefined {
  if (!state) {
    return `the cluster has no Application ${application}; gitops/README.md says how an environment joins`;
  }
  if (state.mode === 'automatic') return undefined;
  return `${application} waits for a person to press Sync in Argo CD`;
}
