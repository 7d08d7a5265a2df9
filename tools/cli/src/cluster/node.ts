import { run } from '../command-line.ts';

/** Milliseconds that Docker gets to answer. */
const ANSWER_MS = 10_000;

/** Percent of the node's disk from which on it counts as full. */
export const FULL = 99;

/** What Docker says of a profile's node; `missing` when there is none. */
export type NodeState = 'running' | 'paused' | 'stopped' | 'missing';

/** Asks Docker, which knows more surely than a cluster that does not answer. */
export async function nodeState(profile: string): Promise<NodeState> {
  const format = '{{.State.Status}}';
  const status = await docker(['container', 'inspect', '--format', format, profile]);
  if (status === '') return 'missing';
  if (status === 'running' || status === 'paused') return status;
  return 'stopped';
}

/** Percent of the node's disk that is in use, inodes counted alike; undefined when it cannot tell. */
export async function diskUse(profile: string): Promise<number | undefined> {
  const sizes = ['df', '--output=pcent,ipcent', '/var'];
  return highestPercent(await docker(['exec', profile, ...sizes]));
}

/** The highest percentage in what `df` prints. */
export function highestPercent(text: string): number | undefined {
  const percents = [...text.matchAll(/(\d+)%/g)].map(([, digits]) => Number(digits));
  return percents.length > 0 ? Math.max(...percents) : undefined;
}

/** What to do about a full disk; the node's is a part of this machine's. */
export const fullDisk = (profile: string): { remedy: string; lasting: true } => ({
  remedy: `The node keeps its data on this machine's disk: free some, for instance what "docker system df" shows to be reclaimable; "minikube ssh --profile ${profile} -- df -h /var" shows when it is enough. Nothing of yours is lost.`,
  lasting: true,
});

function docker(args: string[]): Promise<string> {
  return run('docker', args, { reject: false, timeout: ANSWER_MS }).catch(() => '');
}
