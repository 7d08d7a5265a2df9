import { describe, expect, it } from 'vitest';
import { changedFields, changedObjects, describeField } from './object-diff.ts';

const deployment = (name: string, containers: object[], replicas = 2) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'chatbot-dev' },
  spec: { replicas, template: { spec: { containers } } },
});
const backend = (image: string) => deployment('backend', [{ name: 'backend', image }]);

describe('what differs between two sets of objects', () => {
  it('is nothing when they are the same in another order', () => {
    const mcp = deployment('mcp', [{ name: 'mcp', image: 'a' }]);
    expect(changedObjects([backend('a'), mcp], [mcp, backend('a')])).toEqual([]);
  });

  it('names objects that come, go and change, and the fields', () => {
    const job = (name: string) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name } });
    expect(changedObjects([backend('a'), job('one')], [backend('b'), job('two')])).toEqual([
      {
        object: 'Deployment/backend',
        change: 'changed',
        fields: [{ path: 'spec.template.spec.containers[backend].image', from: 'a', to: 'b' }],
      },
      { object: 'Job/one', change: 'removed', fields: [] },
      { object: 'Job/two', change: 'added', fields: [] },
    ]);
  });

  it('does not take objects of two groups or namespaces for one', () => {
    const object = { apiVersion: 'a/v1', kind: 'Ingress', metadata: { name: 'x', namespace: 'a' } };
    const elsewhere = { ...object, metadata: { name: 'x', namespace: 'b' } };
    const otherGroup = { ...object, apiVersion: 'b/v1' };
    for (const other of [elsewhere, otherGroup]) {
      expect(changedObjects([object], [other]).map(({ change }) => change)).toEqual([
        'removed',
        'added',
      ]);
    }
    expect(changedObjects([object], [{ ...object, apiVersion: 'a/v2' }])).toEqual([
      {
        object: 'Ingress/x',
        change: 'changed',
        fields: [{ path: 'apiVersion', from: 'a/v1', to: 'a/v2' }],
      },
    ]);
  });
});

describe('fields that differ', () => {
  it('are found by the names of list entries, or else by their places', () => {
    const env = [{ name: 'A', value: '1' }];
    expect(changedFields({ env }, { env: [{ name: 'B', value: '2' }, ...env] })).toEqual([
      { path: 'env[B]', to: { name: 'B', value: '2' } },
    ]);
    expect(changedFields({ args: ['-a', '-b'] }, { args: ['-a'] })).toEqual([
      { path: 'args[1]', from: '-b' },
    ]);
  });

  it('are told in one line each, with keys that hold dots in quotes', () => {
    const [label] = changedFields({ labels: {} }, { labels: { 'app.kubernetes.io/name': 'x' } });
    expect(label && describeField(label)).toBe('labels."app.kubernetes.io/name": none → x');
    const [long] = changedFields({ text: 'x'.repeat(200) }, { text: false });
    expect(long && describeField(long)).toBe(`text: ${'x'.repeat(77)}… → false`);
  });
});
