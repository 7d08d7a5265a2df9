import {
  addressesOf,
  applicationOf,
  BRANCH,
  GIT_REMOTE,
  gitSource,
  namespaceOf,
  openRepository,
  openRunning,
  remoteOf,
  seconds,
  UserError,
} from '@todo/cli';
import { makeScratchClone } from '@todo/scratch-clone';
import { describeMachine } from '../measure/machine.ts';
import { medians } from '../measure/statistics.ts';
import type { Bench, Sample, Scenario } from './bench.ts';
import { ship } from './measure-arrival.ts';
import { noteStart, putBack, removeClone, removeImages, unfinishedStart } from './put-back.ts';
import type { GitopsReport, ScenarioReport } from './report.ts';

export interface GitopsOptions {
  profile: string;
  runs: number;
  scenarios: Scenario[];
  /** Aborted by Ctrl-C: the cluster is put back all the same. */
  signal: AbortSignal;
  /** Where progress goes. */
  say: (text: string) => void;
}

/**
 * Measures the scenarios one after the other in a clone of the checked-out commit, and puts the
 * cluster back as it was.
 * @throws UserError when the cluster does not run, has other commits, or something fails to arrive
 */
export async function benchGitops(options: GitopsOptions): Promise<GitopsReport> {
  const { profile, runs, signal, say } = options;
  const began = performance.now();
  const date = new Date().toISOString();
  const cluster = await openRunning(profile);
  const addresses = await addressesOf(profile);
  const machine = await describeMachine(profile);
  say('clone the checked-out commit');
  const clone = await makeScratchClone();
  const bench: Bench = {
    ...{ profile, cluster, addresses, clone, runs, signal, say },
    namespace: namespaceOf('dev'),
    application: applicationOf('dev'),
    images: new Set(),
  };
  try {
    const commit = await clone.git('rev-parse', 'HEAD');
    const start = await findStart(bench);
    await noteStart(cluster, start);
    const results: Record<string, ScenarioReport> = {};
    try {
      say('bring the cluster to the checked-out commit');
      await ship(bench);
      for (const scenario of options.scenarios) {
        results[scenario.name] = await measure(bench, scenario);
      }
    } catch (error) {
      // A program that Ctrl-C ended fails in its own words.
      throw signal.aborted ? signal.reason : error;
    } finally {
      await putBack({ ...bench, start });
    }
    const totalMs = Math.round(performance.now() - began);
    return { bench: 'gitops', date, commit, machine, runs, totalMs, scenarios: results };
  } finally {
    await removeImages(bench.images);
    await removeClone(clone);
  }
}

/** The commit that the cluster has and is to have again. */
async function findStart(bench: Bench): Promise<string> {
  const { cluster, profile, addresses, clone } = bench;
  const repository = openRepository(clone.folder);
  if ((await gitSource(cluster)).outside) {
    throw new UserError(
      'The cluster follows a git server outside of it, which the bench must not push to.',
      'Measure on a cluster of its own: npm run up -- --profile bench.',
    );
  }
  await repository.ensureRemote(profile, await remoteOf(cluster, addresses));
  const newest = await repository.fetch();
  const unfinished = await unfinishedStart(cluster);
  if (unfinished) {
    bench.say('an earlier bench was stopped half-way');
    await putBack({ ...bench, start: unfinished });
  }
  const start = unfinished ?? newest;
  const isBehind = await clone.git('merge-base', '--is-ancestor', start, 'HEAD').then(
    () => false,
    () => true,
  );
  if (isBehind) {
    throw new UserError(
      `The cluster's git server has commits that are not checked out here: ${start.slice(0, 12)}.`,
      `Run "git pull --rebase ${GIT_REMOTE} ${BRANCH}" first.`,
    );
  }
  return start;
}

async function measure(bench: Bench, scenario: Scenario): Promise<ScenarioReport> {
  const { name, title } = scenario;
  const times = scenario.times(bench.runs);
  const began = performance.now();
  bench.say(title);
  const { once, end } = await scenario.begin(bench);
  const samples: Sample[] = [];
  try {
    for (let round = 0; round <= times; round += 1) {
      bench.signal.throwIfAborted();
      const sample = await once();
      // The first fills caches and opens connections.
      if (round > 0) samples.push(sample);
      bench.say(`${name} ${round === 0 ? 'warm-up' : `${round} of ${times}`}: ${brief(sample)}`);
    }
  } finally {
    await end?.();
  }
  bench.say(`${name} took ${seconds(performance.now() - began)}`);
  return { title, median: medians(samples), samples };
}

/** A measurement on one line of progress. */
function brief(sample: Sample): string {
  return Object.entries(sample)
    .filter(([key]) => !key.endsWith('Bytes'))
    .map(([key, ms]) => `${key} ${seconds(ms)}`)
    .join(', ');
}
