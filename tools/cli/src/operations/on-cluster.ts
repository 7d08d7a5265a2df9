import { explained } from '../cluster/explanation.ts';
import { withLock } from '../lock.ts';

/**
 * Works on a cluster while no other command of this checkout does.
 * @throws UserError when another command works on it, or as {@link explaining} does
 */
export function onCluster<T>(profile: string, action: () => Promise<T>): Promise<T> {
  return withLock(profile, () => explaining(profile, action));
}

/**
 * Works on a cluster; when a part of it fails, the error says why, as far as the cluster knows.
 * @throws UserError when the action fails
 */
export async function explaining<T>(profile: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw await explained(profile, error);
  }
}
