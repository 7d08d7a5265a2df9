import { expect, it } from 'vitest';
import { backToUpstream, settingsOf } from './default-settings.ts';

it('takes back what we set, and touches nothing else', () => {
  const ours = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'argocd' },
    data: { 'timeout.reconciliation': '60s', 'server.insecure': 'true' },
  };
  const upstream = { data: { 'server.insecure': 'false', 'other.key': 'stays' } };
  expect(backToUpstream(settingsOf(ours), upstream)).toEqual({
    data: { 'timeout.reconciliation': null, 'server.insecure': 'false' },
  });
});

it('puts lists back as a whole, as a merge patch does', () => {
  const upstream = { spec: { template: { spec: { containers: [{ name: 'server', args: [] }] } } } };
  const ours = { spec: { replicas: 2, template: { spec: { containers: [{ name: 'server' }] } } } };
  expect(backToUpstream(ours, upstream)).toEqual({
    spec: { replicas: null, template: upstream.spec.template },
  });
});

it('empties an object that upstream makes without any', () => {
  expect(backToUpstream({ data: { a: '1' } }, {})).toEqual({ data: { a: null } });
});
