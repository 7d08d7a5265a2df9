import { kubectl } from '@todo/cli';
import { inClone, type Scenario } from '../bench.ts';
import { buildByHand, measureByHand } from '../by-hand.ts';
import { APP } from '../measure-arrival.ts';
import {
  expectHelm,
  installPlainBackend,
  NODE_REGISTRY,
  removePlainBackend,
} from '../plain-backend.ts';

const NAMESPACE = 'bench-kubectl';

/** The same change by the shortest way there is: no git, no Argo CD, no chart. */
export const kubectlSetImage: Scenario = {
  name: 'kubectl-set-image',
  title: 'the same change by docker build, docker push and kubectl set image',
  times: (runs) => runs,
  begin: async (bench) => {
    const { addresses, profile, say } = bench;
    await expectHelm();
    say(`install the backend in ${NAMESPACE}`);
    await installPlainBackend(bench, NAMESPACE);
    const pushed = (tag: string) => `${addresses.registry}/todo/${APP}:${tag}`;
    const pulled = (tag: string) => `${NODE_REGISTRY}/todo/${APP}:${tag}`;
    return {
      once: () =>
        measureByHand(bench, NAMESPACE, [
          { name: 'build', run: (tag) => buildByHand(bench, pushed(tag)) },
          {
            name: 'push',
            run: (tag) => inClone(bench, 'docker', ['push', '--quiet', pushed(tag)]),
          },
          {
            name: 'set image',
            run: (tag) =>
              kubectl(profile, [
                ...['-n', NAMESPACE, 'set', 'image', `deployment/${APP}`, `${APP}=${pulled(tag)}`],
              ]),
          },
        ]),
      end: () => removePlainBackend(bench, NAMESPACE),
    };
  },
};
