import { inClone } from '../bench.ts';
import { buildByHand, plainScenario } from '../by-hand.ts';
import { APP } from '../measure-arrival.ts';
import { CHART, NODE_REGISTRY, RELEASE } from '../plain-backend.ts';

const image = (tag: string) => `${NODE_REGISTRY}/todo/${APP}:${tag}`;

/** The same change by Minikube's own means and Helm, without git. */
export const helmUpgrade = plainScenario({
  name: 'helm-upgrade',
  title: 'the same change by minikube image load and helm upgrade',
  namespace: 'bench-helm',
  steps: (bench, namespace) => [
    { name: 'build', run: (tag) => buildByHand(bench, image(tag)) },
    {
      name: 'load',
      run: (tag) =>
        inClone(bench, 'minikube', ['--profile', bench.profile, 'image', 'load', image(tag)]),
    },
    {
      name: 'upgrade',
      run: (tag) =>
        inClone(bench, 'helm', [
          ...['upgrade', RELEASE, CHART, '--reuse-values'],
          ...['--kube-context', bench.profile, '--namespace', namespace],
          ...['--set-string', `${APP}.image.tag=${tag}`],
        ]),
    },
  ],
});
