import { describe, expect, it } from 'vitest';
import { describeField } from '../object-diff.ts';
import { describeDrift, ownFields } from './drift.ts';

const deployment = (replicas: number, metadata: object, status: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'backend', ...metadata },
  spec: { replicas },
  status,
});

describe('drift', () => {
  it('is what a person changed, not what the cluster or Argo CD keep for themselves', () => {
    const live = deployment(
      3,
      {
        generation: 8,
        resourceVersion: '12',
        managedFields: [{ manager: 'kubectl' }],
        annotations: { 'argocd.argoproj.io/tracking-id': 'todo-dev:…' },
      },
      { replicas: 3 },
    );
    const git = deployment(2, { generation: 9, resourceVersion: '11' }, { replicas: 2 });
    expect(ownFields(git, live)).toEqual([{ path: 'spec.replicas', from: 2, to: 3 }]);
  });

  it('is told by field, or by object when no field can be named', () => {
    const fields = [{ path: 'spec.replicas', from: 2, to: 3 }];
    const tell = (is: 'different' | 'missing' | 'not in git', some = fields) =>
      describeDrift({ object: 'Deployment/backend', is, fields: some }, describeField);
    expect(tell('different')).toEqual(['Deployment/backend spec.replicas: 2 → 3']);
    expect(tell('different', [])).toEqual(['Deployment/backend differs from git']);
    expect(tell('missing', [])).toEqual(['Deployment/backend is missing']);
    expect(tell('not in git', [])).toEqual(['Deployment/backend is not in git']);
  });
});
