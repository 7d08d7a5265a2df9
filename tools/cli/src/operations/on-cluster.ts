import { explained } from '../cluster/explanation.ts';
import { withLock } from '../lock.ts';

/**
 * Works on a cluster while no other command of this checkout does. When a part of the cluster fails,
 * the error says why as far as the cluster knows.
 * @throws UserError when another command works on it, or the action fails
 */
export function onCluster<T>(profile: string, action: () => Promise<T>): Promise<T> {
  return withLock(profile, () =>
    action().catch(async (error: unknown) => {
      throw await explained(profile, error);
    }),
  );
}
