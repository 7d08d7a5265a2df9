import { useDefaults, useOurs } from '../../cluster/settings-switch.ts';
import type { Scenario } from '../bench.ts';
import { oneLine } from './one-line.ts';

/** The same ship, with Argo CD and the git server's queues as they come. */
export const argocdDefaults: Scenario = {
  name: 'argocd-defaults',
  title: 'the same ship, Argo CD and the git server’s queues at their defaults',
  times: (runs) => runs,
  begin: async (bench) => {
    const { cluster, clone, say } = bench;
    say('Argo CD and the git server take their default settings');
    await useDefaults(cluster, clone.folder);
    const { once } = await oneLine.begin(bench);
    return {
      once,
      async end() {
        say('back to our settings');
        await useOurs(cluster, clone.folder);
      },
    };
  },
};
