import { waitUntil } from '../page/wait-until.ts';
import { applicationState } from './pods.ts';
import type { ScratchClone } from './scratch-clone.ts';

/**
 * Puts the cluster back to a commit, waits until it runs, and removes the clone: the next test
 * begins where this one did.
 * @param profile the cluster's kubeconfig context
 */
export async function returnTo(
  clone: ScratchClone,
  profile: string,
  commit: string,
): Promise<void> {
  if ((await clone.git('remote')).split('\n').includes('minikube')) {
    await clone.git('push', '--quiet', '--force', 'minikube', `${commit}:refs/heads/main`);
    await waitUntil(
      'the first commit runs again',
      async () => {
        const { revision, sync, health } = await applicationState(profile, 'todo-dev');
        return revision === commit && sync === 'Synced' && health === 'Healthy';
      },
      180_000,
    );
  }
  await clone.remove();
}
