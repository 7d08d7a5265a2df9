import { environmentOf } from '@todo/local';
import { openCluster } from '../cluster/kubernetes.ts';
import { addressesOf, profileState, startProfile } from '../cluster/profile.ts';
import { bootstrapApplications } from '../cluster/bootstrap.ts';
import { remoteOf } from '../cluster/git-source.ts';
import { answers, startProvisioner, startSwitchedOff } from '../cluster/repair.ts';
import { waitForRollouts } from '../cluster/rollout.ts';
import { waitForSync } from '../cluster/sync.ts';
import { run } from '../command-line.ts';
import { openImageBuilder } from '../image-builder.ts';
import { repository } from '../repository.ts';
import { deliverImages, locallyMissing, missingImages } from '../images.ts';
import { onCluster } from './on-cluster.ts';
import { IN_CLUSTER, type RepoUrl } from '../repo-url.ts';
import { applicationOf, namespaceOf, root } from '../settings.ts';
import { runStages, type Stage, type StageTimes } from '../stages.ts';
import { until } from '../until.ts';
import { commitValues } from '../values-commit.ts';
import type { Addresses } from '../cluster/profile.ts';
import type { Cluster } from '../cluster/kubernetes.ts';
import type { Tags } from '../images.ts';
import { namedGitServer, type GitServer } from './choose-git-server.ts';
import { preparePlatform, type GitSetup } from './prepare-platform.ts';

export interface UpOptions {
  profile: string;
  /** The repository that the cluster shall follow; as before, or in the cluster, when left out. */
  repoUrl?: RepoUrl | typeof IN_CLUSTER | undefined;
  /** Seconds that each wait may take. */
  timeout: number;
  json?: boolean;
}

export interface UpResult {
  profile: string;
  commit: string;
  urls: Addresses;
  /** The repository that Argo CD reads, and whether its server is outside the cluster. */
  repository: string;
  outside: boolean;
  stages: StageTimes;
  totalMs: number;
}

interface Bringup {
  cluster: Cluster;
  addresses: Addresses;
  /** The git server that was asked for; undefined when the cluster decides. */
  named: GitServer | undefined;
  git: GitSetup;
  tags: Tags;
  commit: string;
}

const environment = 'dev';

/**
 * Brings the whole system up, from nothing or from wherever an earlier run stopped: cluster,
 * registry, git server, Argo CD, Secrets, images, and the services by way of git.
 * @throws UserError when a stage fails; running it again goes on from there
 */
export async function up(options: UpOptions): Promise<UpResult> {
  const began = performance.now();
  const bringup = {} as Bringup;
  const stages = await onCluster(options.profile, () =>
    runStages(upStages(options), bringup, { quiet: options.json ?? false }),
  );
  return {
    profile: options.profile,
    commit: bringup.commit,
    urls: bringup.addresses,
    repository: bringup.git.url,
    outside: bringup.git.outside,
    stages,
    totalMs: Math.round(performance.now() - began),
  };
}

function upStages({ profile, repoUrl, timeout }: UpOptions): Stage<Bringup>[] {
  const namespace = namespaceOf(environment);
  return [
    {
      name: 'tools',
      title: 'Look for Docker, minikube, kubectl and git',
      run: async (it) => {
        await checkTools();
        it.named = await namedGitServer(repoUrl, await environmentOf(root));
        return undefined;
      },
    },
    {
      name: 'cluster',
      title: `Start the cluster "${profile}"`,
      run: async (it, progress) => {
        const state = await profileState(profile);
        const runs = state === 'running' && (await answers(profile));
        if (!runs) await startProfile(profile, state, progress);
        it.addresses = await addressesOf(profile);
        it.cluster = openCluster(profile);
        return runs ? 'it runs' : undefined;
      },
    },
    {
      name: 'platform',
      title: 'Install registry, git server, ingress and Argo CD',
      run: async (it, progress) => {
        const started = [
          ...(await startProvisioner(it.cluster)),
          ...(await startSwitchedOff(it.cluster)),
        ];
        const { cluster, addresses, named } = it;
        const { git, installed } = await preparePlatform(cluster, addresses, named, progress);
        it.git = git;
        if (started.length > 0) return `${started.join(', ')} started again`;
        return installed ? undefined : 'they are there';
      },
      with: [
        {
          name: 'build',
          title: 'Build images',
          run: async (it, progress) => {
            const builder = openImageBuilder();
            it.tags = await builder.tags();
            const missing = await locallyMissing(it.tags, Object.keys(it.tags));
            const needed = await missingImages(it.addresses.registry, it.tags).catch(() =>
              Object.keys(it.tags),
            );
            const apps = needed.filter((app) => missing.includes(app));
            if (apps.length > 0) await builder.build(apps, progress);
            return apps.join(', ') || 'none';
          },
        },
      ],
    },
    {
      name: 'deliver',
      title: 'Deliver images',
      run: async (it) => {
        const missing = await missingImages(it.addresses.registry, it.tags);
        await deliverImages(it.addresses.registry, it.tags, missing);
        return missing.join(', ') || 'the registry has them';
      },
    },
    {
      name: 'push',
      title: 'Push the repository',
      run: async (it) => {
        const changed = await commitValues(environment, it.tags);
        it.commit = await repository.head();
        await repository.ensureRemote(profile, await remoteOf(it.cluster, it.addresses));
        await repository.push();
        return `${it.commit.slice(0, 12)}${changed.length > 0 ? `, with new tags for ${changed.join(', ')}` : ''}`;
      },
    },
    {
      name: 'sync',
      title: 'Argo CD syncs',
      run: async (it, progress) => {
        const wait = it.git.outside || it.git.changed;
        await bootstrapApplications(it.cluster, { ...it.git, wait }, timeout, progress);
        await waitForSync(it.cluster, {
          application: applicationOf(environment),
          namespace,
          commit: it.commit,
          tags: it.tags,
          seconds: timeout,
          onPending: progress,
        });
        return undefined;
      },
    },
    {
      name: 'rollout',
      title: 'Wait for the pods and the page',
      run: async (it, progress) => {
        await waitForRollouts(it.cluster, namespace, it.tags, timeout, progress);
        await waitForPage(it.addresses.frontend);
        return it.addresses.frontend;
      },
    },
  ];
}

async function checkTools(): Promise<void> {
  await run('docker', ['info', '--format', '{{.ServerVersion}}'], {
    hint: 'Start Docker and run the same command again.',
  });
  await run('minikube', ['version', '--short']);
  await run('kubectl', ['version', '--client']);
  await run('git', ['rev-parse', 'HEAD'], {
    hint: 'The cluster is fed by git: run this in a clone with at least one commit.',
  });
}

function waitForPage(url: string): Promise<true> {
  return until(
    async () => {
      const response = await fetch(url).catch((error: Error) => error.message);
      return typeof response === 'string'
        ? response
        : response.ok || `it answered ${response.status}`;
    },
    {
      what: `the page at ${url}`,
      seconds: 60,
      hint: `Look at "kubectl -n ${namespaceOf(environment)} logs deploy/frontend".`,
    },
  );
}
