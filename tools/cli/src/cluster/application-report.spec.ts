import { describe, expect, it } from 'vitest';
import { reportOf } from './application-report.ts';

const entry = (id: number, revision: string) => ({
  id,
  revision,
  deployedAt: `2026-01-01T10:0${id}:00Z`,
  source: { path: 'charts/todo-chatbot' },
});
const manifest = (status: object | undefined, automated: object | undefined = { prune: true }) => ({
  metadata: { name: 'todo-dev' },
  spec: { syncPolicy: { automated } },
  ...(status ? { status } : {}),
});
const synced = {
  sync: { status: 'Synced', revision: 'ccc' },
  health: { status: 'Healthy', lastTransitionTime: '2026-01-01T10:00:00Z' },
  operationState: { phase: 'Succeeded', message: 'successfully synced (all tasks run)' },
  history: [entry(1, 'aaa'), entry(2, 'bbb')],
  resources: [{ kind: 'ConfigMap', name: 'a', status: 'Synced', version: 'v1' }],
};

describe('what Argo CD says of an Application', () => {
  it('is that a commit without changed objects runs as soon as it is compared', () => {
    expect(reportOf(manifest(synced))).toEqual({
      sync: 'Synced',
      health: 'Healthy',
      autoSync: { mode: 'automatic' },
      repository: '',
      comparedTo: 'ccc',
      applied: { commit: 'ccc', at: '2026-01-01T10:02:00Z' },
      history: [
        { id: 1, revision: 'aaa', deployedAt: '2026-01-01T10:01:00Z' },
        { id: 2, revision: 'bbb', deployedAt: '2026-01-01T10:02:00Z' },
      ],
      outOfSync: [],
    });
  });

  it('is that the commit synced last runs while another is out of sync', () => {
    const resource = { group: 'apps', kind: 'Deployment', name: 'backend', status: 'OutOfSync' };
    const report = reportOf(
      manifest({
        ...synced,
        sync: { status: 'OutOfSync', revision: 'ccc' },
        resources: [...synced.resources, resource],
      }),
    );
    expect(report.applied?.commit).toBe('bbb');
    expect(report.outOfSync).toEqual([
      { kind: 'Deployment', name: 'backend', status: 'OutOfSync' },
    ]);
  });

  it('names what went wrong: a commit that does not render before a sync that failed', () => {
    const operationState = { phase: 'Failed', message: 'Deployment is invalid' };
    const conditions = [
      { type: 'SharedResourceWarning', message: 'shared' },
      { type: 'ComparisonError', message: 'no such value' },
    ];
    expect(reportOf(manifest({ ...synced, operationState, conditions })).problem).toBe(
      'no such value',
    );
    expect(reportOf(manifest({ ...synced, operationState })).problem).toBe(
      'the last sync failed: Deployment is invalid',
    );
  });

  it('is nothing yet for an Application that was just made', () => {
    expect(reportOf(manifest(undefined))).toEqual({
      sync: 'Unknown',
      health: 'Unknown',
      autoSync: { mode: 'automatic' },
      repository: '',
      history: [],
      outOfSync: [],
    });
  });
});
