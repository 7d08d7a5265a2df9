import { profileState } from '../cluster/profile.ts';
import { runTelling } from '../command-line.ts';
import { repository } from '../repository.ts';
import { withLock } from '../lock.ts';
import { runStages } from '../stages.ts';

export interface DownOptions {
  profile: string;
  /** Delete the profile, with everything in it, and the git remote. */
  delete?: boolean;
}

/** Stops a profile; `up` starts it again with all its data. */
export async function down(options: DownOptions): Promise<void> {
  const { profile } = options;
  await withLock(profile, () =>
    runStages(
      [
        {
          name: 'profile',
          title: options.delete
            ? `Delete the cluster "${profile}"`
            : `Stop the cluster "${profile}"`,
          run: async (_, progress) => {
            const state = await profileState(profile);
            if (options.delete) {
              await runTelling('minikube', ['delete', '--profile', profile], progress);
              await repository.removeRemote();
              return 'cluster and git remote are gone';
            }
            if (state !== 'running') return `it is ${state} already`;
            await runTelling('minikube', ['stop', '--profile', profile], progress);
            return 'its data is kept';
          },
        },
      ],
      {},
    ),
  );
}
