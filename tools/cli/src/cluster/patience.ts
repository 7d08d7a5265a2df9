import { until } from '../until.ts';
import type { Ailment } from './ailments.ts';
import { PartError } from './part-error.ts';

/** Seconds that a part of the cluster may take to start. */
const STARTING_S = 120;

/**
 * Does something that needs a part of the cluster, again and again while that part is just starting.
 * @param what the part, to complete "Waited 120 s for …"
 * @param ailing what is wrong with it: nothing that lasts is waited for
 * @throws whatever the action throws when it has another reason
 */
export async function whileStarting(
  what: string,
  action: () => Promise<void>,
  ailing: () => Promise<Ailment[]>,
): Promise<void> {
  await until(
    async () => {
      try {
        await action();
        return true;
      } catch (error) {
        if (!(error instanceof PartError)) throw error;
        const found = await ailing();
        if (found.length === 0 || found.some(({ lasting }) => lasting)) throw error;
        return found.map((ailment) => ailment.what).join('; ');
      }
    },
    { what, seconds: STARTING_S, hint: 'Look at "kubectl get pods --all-namespaces".' },
  );
}
