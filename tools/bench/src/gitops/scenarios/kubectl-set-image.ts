import { kubectl } from '@todo/cli';
import { inClone } from '../bench.ts';
import { buildByHand, plainScenario } from '../by-hand.ts';
import { APP } from '../measure-arrival.ts';
import { NODE_REGISTRY } from '../plain-backend.ts';

/** The same change by the shortest way there is: no git, no Argo CD, no chart. */
export const kubectlSetImage = plainScenario({
  name: 'kubectl-set-image',
  title: 'the same change by docker build, docker push and kubectl set image',
  namespace: 'bench-kubectl',
  steps: (bench, namespace) => {
    const pushed = (tag: string) => `${bench.addresses.registry}/todo/${APP}:${tag}`;
    const pulled = (tag: string) => `${NODE_REGISTRY}/todo/${APP}:${tag}`;
    return [
      { name: 'build', run: (tag) => buildByHand(bench, pushed(tag)) },
      { name: 'push', run: (tag) => inClone(bench, 'docker', ['push', '--quiet', pushed(tag)]) },
      {
        name: 'set image',
        run: (tag) =>
          kubectl(bench.profile, [
            ...['-n', namespace, 'set', 'image', `deployment/${APP}`, `${APP}=${pulled(tag)}`],
          ]),
      },
    ];
  },
});
