import { randomUUID } from 'node:crypto';
import { nxBuild, until } from '@todo/cli';
import { arrivedAt } from '../cluster/rollout-record.ts';
import { watchRollout } from '../cluster/watch-rollout.ts';
import { inClone, type Bench, type Sample, type Scenario } from './bench.ts';
import { commitEdits, editBackend } from './edits.ts';
import { expectHelm, installPlainBackend, removePlainBackend } from './plain-backend.ts';
import { outOfStep } from './out-of-step.ts';
import { APP } from './measure-arrival.ts';

/** Builds the backend's image: the app as `ship` builds it, then with Docker's own command. */
export async function buildByHand(bench: Bench, image: string): Promise<void> {
  await nxBuild(bench.clone.folder, 'build', [APP], () => undefined, bench.signal);
  const base = process.env['BASE_IMAGE'];
  await inClone(bench, 'docker', [
    ...['build', '--quiet', '--tag', image],
    ...(base ? ['--build-arg', `BASE=${base}`] : []),
    `apps/${APP}`,
  ]);
  bench.images.add(image);
}

/** A step of bringing a change to the cluster by hand; it gets the change's own tag. */
export interface HandStep {
  name: string;
  run: (tag: string) => Promise<unknown>;
}

/** A scenario that carries the change by hand to a backend of its own, which plain Helm installs. */
export function plainScenario({
  name,
  title,
  namespace,
  steps,
}: {
  name: string;
  title: string;
  namespace: string;
  steps: (bench: Bench, namespace: string) => HandStep[];
}): Scenario {
  return {
    name,
    title,
    times: (runs) => runs,
    begin: async (bench) => {
      await expectHelm();
      bench.say(`install the backend in ${namespace}`);
      await installPlainBackend(bench, namespace);
      return {
        once: () => measureByHand(bench, namespace, steps(bench, namespace)),
        end: () => removePlainBackend(bench, namespace),
      };
    },
  };
}

/** Measures a one-line change of the backend that is carried by hand. */
async function measureByHand(bench: Bench, namespace: string, steps: HandStep[]): Promise<Sample> {
  await editBackend(bench.clone);
  const tag = `bench-${randomUUID()}`;
  const { record, stop } = await watchRollout({ context: bench.profile, namespace, app: APP });
  try {
    const sample: Sample = {};
    await outOfStep();
    const began = Date.now();
    await commitEdits(bench.clone);
    for (const { name, run } of steps) {
      const stepBegan = Date.now();
      await run(tag);
      sample[`stage.${name}`] = Date.now() - stepBegan;
    }
    const rolloutBegan = Date.now();
    const arrival = { tag, replicas: 2, after: began };
    const ready = await until(
      async () => arrivedAt(record, arrival) ?? 'the endpoints are not all new',
      {
        what: `the endpoints of ${APP} in ${namespace}`,
        seconds: 120,
        every: 20,
        hint: `Look at "kubectl --context ${bench.profile} -n ${namespace} get pods".`,
      },
    );
    return { editToReady: ready - began, ...sample, 'stage.rollout': ready - rolloutBegan };
  } finally {
    stop();
  }
}
