import { inClone, type Scenario } from '../bench.ts';
import { buildByHand, measureByHand } from '../by-hand.ts';
import { APP } from '../measure-arrival.ts';
import {
  CHART,
  expectHelm,
  installPlainBackend,
  NODE_REGISTRY,
  RELEASE,
  removePlainBackend,
} from '../plain-backend.ts';

const NAMESPACE = 'bench-helm';

/** The same change by Minikube's own means and Helm, without git. */
export const helmUpgrade: Scenario = {
  name: 'helm-upgrade',
  title: 'the same change by minikube image load and helm upgrade',
  times: (runs) => runs,
  begin: async (bench) => {
    const { profile, say } = bench;
    await expectHelm();
    say(`install the backend in ${NAMESPACE}`);
    await installPlainBackend(bench, NAMESPACE);
    const image = (tag: string) => `${NODE_REGISTRY}/todo/${APP}:${tag}`;
    return {
      once: () =>
        measureByHand(bench, NAMESPACE, [
          { name: 'build', run: (tag) => buildByHand(bench, image(tag)) },
          {
            name: 'load',
            run: (tag) =>
              inClone(bench, 'minikube', ['--profile', profile, 'image', 'load', image(tag)]),
          },
          {
            name: 'upgrade',
            run: (tag) =>
              inClone(bench, 'helm', [
                ...['upgrade', RELEASE, CHART, '--reuse-values'],
                ...['--kube-context', profile, '--namespace', NAMESPACE],
                ...['--set-string', `${APP}.image.tag=${tag}`],
              ]),
          },
        ]),
      end: () => removePlainBackend(bench, NAMESPACE),
    };
  },
};
