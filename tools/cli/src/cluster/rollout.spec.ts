import { describe, expect, it } from 'vitest';
import { pendingRollout } from './rollout.ts';

const complete = {
  metadata: { name: 'backend', generation: 3 },
  spec: { replicas: 2, selector: {}, template: {} },
  status: { observedGeneration: 3, replicas: 2, updatedReplicas: 2, availableReplicas: 2 },
};

describe('a rollout', () => {
  it('is complete when every pod is new and available', () => {
    expect(pendingRollout(complete)).toBeUndefined();
  });

  it.each([
    ['not seen', { observedGeneration: 2 }, 'not seen yet'],
    ['half new', { updatedReplicas: 1 }, '1 of 2 pods are new'],
    ['with old pods', { replicas: 3 }, '1 old pods remain'],
    ['not ready', { availableReplicas: 1 }, '1 of 2 pods are ready'],
    ['without status', { replicas: undefined, updatedReplicas: undefined }, '0 of 2 pods are new'],
  ])('is pending while %s', (_, status, reason) => {
    expect(
      pendingRollout({ ...complete, status: { ...complete.status, ...status } as never }),
    ).toContain(reason);
  });

  it('is complete when scaled to nothing', () => {
    const { metadata, spec } = complete;
    expect(
      pendingRollout({
        metadata,
        spec: { ...spec, replicas: 0 },
        status: { observedGeneration: 3 },
      }),
    ).toBeUndefined();
  });
});
