import type { ApplicationStatus } from './argocd.ts';

/** Where Argo CD stands with a commit. */
export type SyncState =
  /** It runs exactly this. */
  | { is: 'synced' }
  | { is: 'pending'; reason: string }
  /** A sync of something else is under way, which may never end. */
  | { is: 'busy'; reason: string }
  /** Its last sync failed; it may or may not try this commit by itself. */
  | { is: 'failed'; reason: string };

/**
 * Reads an Application's status with respect to one commit.
 * @param isSame whether a revision is the commit, or differs from it in nothing that is deployed
 */
export async function syncState(
  { sync, operationState: operation }: ApplicationStatus,
  isSame: (revision: string) => Promise<boolean>,
): Promise<SyncState> {
  if (!sync?.revision) return { is: 'pending', reason: 'Argo CD has not read the repository yet' };
  const message = operation?.message ?? '';
  const tried = operation?.operation?.sync?.revision ?? operation?.syncResult?.revision;
  // An operation that has just begun may not say yet what it syncs: the newest commit.
  const ours = tried === undefined || (await isSame(tried));
  if (operation?.phase === 'Running' || operation?.phase === 'Terminating') {
    const reason = message || 'the sync runs';
    return ours ? { is: 'pending', reason } : { is: 'busy', reason: `an earlier sync: ${reason}` };
  }
  if (!(await isSame(sync.revision))) {
    return { is: 'pending', reason: `Argo CD is at ${sync.revision.slice(0, 12)}` };
  }
  if (sync.status === 'Synced') return { is: 'synced' };
  if (operation?.phase === 'Failed' || operation?.phase === 'Error') {
    return { is: 'failed', reason: `the last sync failed: ${message || operation.phase}` };
  }
  return {
    is: 'pending',
    reason: `the Application is ${sync.status}${message ? ` (${message})` : ''}`,
  };
}
