import { renderError, type ApplicationStatus } from './argocd.ts';
import { comparisonError, essence, faultOf } from './comparison-problem.ts';

/** Seconds that something which may pass is given to do so. */
const PATIENCE = 10;
/** Seconds between two requests to look again. */
const EVERY = 4;

/**
 * Looks after the ComparisonError of an Application. One that is there may be left from an earlier
 * commit or from a fault that has passed: Argo CD is asked to look again, and what it says then
 * counts.
 * @param refresh asks it
 * @returns to be called with each status: says what is pending, undefined when there is no error
 * @throws UserError when the commit does not render, or Argo CD goes on failing to read it
 */
export function comparisonWatch(
  commit: string,
  refresh: (kind: 'normal' | 'hard') => Promise<unknown>,
  now: () => number = () => performance.now() / 1000,
): (status: ApplicationStatus) => Promise<string | undefined> {
  let asked: number | undefined;
  let since: number | undefined;
  return async (status) => {
    const message = renderError(status);
    if (!message) {
      since = undefined;
      return undefined;
    }
    since ??= now();
    const pending = `Argo CD looks again; it could not read git: ${essence(message).split('\n')[0]}`;
    const waited = now() - since;
    if (asked === undefined) {
      asked = now();
      // It remembers what it could not render, even when the cause was not in the commit.
      await refresh('hard');
      return pending;
    }
    const lost = status.refreshing && waited < PATIENCE;
    if (lost) return pending;
    const fault = faultOf(message);
    if (fault === 'commit' || fault === 'credentials' || waited >= PATIENCE) {
      throw comparisonError(message, commit);
    }
    if (now() - asked >= EVERY) {
      asked = now();
      await refresh('normal');
    }
    return pending;
  };
}
