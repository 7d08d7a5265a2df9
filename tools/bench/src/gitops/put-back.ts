import {
  BRANCH,
  GIT_REMOTE,
  kubectl,
  openRepository,
  readReport,
  refreshApplication,
  until,
  type Cluster,
} from '@todo/cli';
import type { ScratchClone } from '@todo/scratch-clone';
import { execa } from 'execa';
import { pauseAutoSync } from '../cluster/pause.ts';
import { useOurs } from '../cluster/settings-switch.ts';

/** Says on the cluster which commit a bench found there, until that is back. */
const START = 'todo.dev/bench-start';
/** Namespaces of scenarios that bring changes by hand. */
export const NAMESPACES = ['bench-helm', 'bench-kubectl'];
/** What Argo CD reads. */
const DEPLOYED = ['charts', 'gitops'];

/** The commit that an earlier bench found, if that bench was stopped before it put it back. */
export async function unfinishedStart({ core }: Cluster): Promise<string | undefined> {
  const { metadata } = await core.readNamespace({ name: 'argocd' });
  return metadata?.annotations?.[START];
}

/** Notes which commit the cluster is to have again. */
export function noteStart({ context }: Cluster, commit: string): Promise<string> {
  return kubectl(context, ['annotate', '--overwrite', 'namespace', 'argocd', `${START}=${commit}`]);
}

/** What a bench leaves behind when it is stopped, and what is to be there again. */
export interface Traces {
  cluster: Cluster;
  application: string;
  clone: ScratchClone;
  start: string;
  say: (text: string) => void;
}

/** Puts settings, git server and pods back as the bench found them. */
export async function putBack({ cluster, application, clone, start, say }: Traces): Promise<void> {
  const { context } = cluster;
  for (const name of NAMESPACES) {
    await kubectl(context, ['delete', 'namespace', name, '--ignore-not-found', '--wait=false']);
  }
  if ((await readReport(cluster, 'platform')).autoSync.mode === 'paused') {
    say('Argo CD and the git server take our settings back');
    await useOurs(cluster, clone.folder);
  }
  await pauseAutoSync(cluster, application, false);
  say(`the cluster goes back to ${start.slice(0, 12)}`);
  const repository = openRepository(clone.folder);
  const target = `${start}:refs/heads/${BRANCH}`;
  await clone.git('push', '--quiet', '--force', GIT_REMOTE, target);
  await refreshApplication(cluster, application);
  await until(
    async () => {
      const { sync, health, comparedTo = '' } = await readReport(cluster, application);
      const same =
        comparedTo === start || (await repository.sameContent(comparedTo, start, DEPLOYED));
      return (same && sync === 'Synced' && health === 'Healthy') || `it is ${sync} and ${health}`;
    },
    {
      what: `${application} to run ${start.slice(0, 12)} again`,
      seconds: 180,
      hint: 'Look at it with "npm run status"; run the bench again to put it back.',
    },
  );
  await kubectl(context, ['annotate', 'namespace', 'argocd', `${START}-`]);
}

/** Removes images that only the bench used from this machine's Docker. */
export async function removeImages(images: Iterable<string>): Promise<void> {
  const names = [...images];
  if (names.length === 0) return;
  // One that is gone already, or in use, is no reason to fail.
  await execa('docker', ['image', 'rm', ...names], { reject: false, stdin: 'ignore' });
}

/** Ends the clone's Nx daemon, and removes the clone. */
export async function removeClone(clone: ScratchClone): Promise<void> {
  await execa('npx', ['nx', 'daemon', '--stop'], {
    cwd: clone.folder,
    reject: false,
    stdin: 'ignore',
  });
  await clone.remove();
}
