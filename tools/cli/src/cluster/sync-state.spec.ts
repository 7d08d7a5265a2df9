import { describe, expect, it } from 'vitest';
import { syncState } from './sync-state.ts';

const isSame = (revision: string) => Promise.resolve(revision === 'new');
const operation = (phase: string, revision: string, message?: string) => ({
  operationState: { phase, syncResult: { revision }, ...(message ? { message } : {}) },
});

describe('Argo CD and a commit', () => {
  it.each([
    ['has not read git', {}, 'pending'],
    ['is at an older commit', { sync: { status: 'Synced', revision: 'old' } }, 'pending'],
    ['compares', { sync: { status: 'OutOfSync', revision: 'new' } }, 'pending'],
    [
      'syncs it',
      { sync: { status: 'OutOfSync', revision: 'new' }, ...operation('Running', 'new') },
      'pending',
    ],
    [
      'has it',
      { sync: { status: 'Synced', revision: 'new' }, ...operation('Succeeded', 'new') },
      'synced',
    ],
    ['had it already', { sync: { status: 'Synced', revision: 'new' } }, 'synced'],
    [
      'is stuck in an older one',
      { sync: { status: 'OutOfSync', revision: 'old' }, ...operation('Running', 'old') },
      'busy',
    ],
    [
      'gave it up',
      { sync: { status: 'OutOfSync', revision: 'new' }, ...operation('Failed', 'new', 'no') },
      'failed',
    ],
    [
      'gave up an older one',
      { sync: { status: 'OutOfSync', revision: 'new' }, ...operation('Failed', 'old') },
      'failed',
    ],
  ])('%s', async (_, status, is) => {
    expect((await syncState(status, isSame)).is).toBe(is);
  });
});

it('takes a sync that has only just begun for its own, and never ends it', async () => {
  const status = {
    sync: { status: 'OutOfSync', revision: 'new' },
    operationState: { phase: 'Running' },
  };
  expect((await syncState(status, isSame)).is).toBe('pending');
});
