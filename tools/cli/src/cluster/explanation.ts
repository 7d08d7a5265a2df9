import { UserError } from '../user-error.ts';
import { ailments, roomAilments, type Ailment } from './ailments.ts';
import { gitSource } from './git-source.ts';
import { openCluster, type Cluster } from './kubernetes.ts';
import { PartError, type Part } from './part-error.ts';

const AGAIN = 'Then run the same command again; it goes on where it stopped.';

/**
 * Asks the cluster why a part of it failed, and says so.
 * @returns the error to show: the same one when the cluster knows nothing more
 */
export async function explained(profile: string, error: unknown): Promise<unknown> {
  if (!(error instanceof PartError)) return error;
  try {
    const cluster = openCluster(profile);
    // The cluster knows nothing of a git server outside.
    const outside = error.part === 'git server' && (await gitSource(cluster)).outside;
    const found = await ailments(cluster, outside ? ['node'] : ['node', error.part]);
    if (found.length > 0 || outside) return withCauses(error, found);
    return withCauses(error, await roomAilments(cluster, error.part));
  } catch (problem) {
    // That the cluster does not answer is the better explanation.
    if (!(problem instanceof UserError)) return error;
    return new UserError(`${error.message}\nCause: ${problem.message}`, problem.hint, {
      cause: error,
    });
  }
}

/** Adds what is wrong in the cluster to an error's message, and what mends it to its hint. */
export function withCauses(error: UserError, found: Ailment[]): UserError {
  if (found.length === 0) return error;
  return new UserError(
    `${error.message.trimEnd()}\nCause: ${found.map(({ what }) => what).join('; ')}.`,
    `${[...new Set(found.map(({ remedy }) => remedy))].join(' ')} ${AGAIN}`,
    { cause: error },
  );
}

/** Seconds that something may be wrong during a wait before the wait is given up. */
const PATIENCE = 10;
/** Seconds between two looks, and before the first. */
const EVERY = 2;

/**
 * Looks after parts of the cluster while something else is waited for. What the cluster mends by
 * itself in time is only told; what lasts ends the wait.
 * @param what what is waited for, to complete "Waiting for …"
 * @returns to be called at each look: says what is wrong, if anything is
 */
export function healthWatch(
  cluster: Cluster,
  parts: Part[],
  what: string,
  now: () => number = () => performance.now() / 1000,
): () => Promise<string | undefined> {
  let next = now() + EVERY;
  let badSince: number | undefined;
  let saying: string | undefined;
  return async () => {
    if (now() < next) return saying;
    const found = await ailments(cluster, parts);
    next = now() + EVERY;
    saying = found.length > 0 ? found.map((ailment) => ailment.what).join('; ') : undefined;
    const lasting = found.filter((ailment) => ailment.lasting);
    badSince = lasting.length > 0 ? (badSince ?? now()) : undefined;
    if (badSince !== undefined && now() - badSince >= PATIENCE) {
      throw withCauses(new UserError(`Waiting for ${what} makes no progress.`, ''), lasting);
    }
    return saying;
  };
}
