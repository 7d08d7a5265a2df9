import { describe, expect, it } from 'vitest';
import { isOutdated, podTrouble } from './pod-trouble.ts';

describe('a pod', () => {
  const waiting = (reason: string, restartCount = 0) => ({
    metadata: { name: 'backend-1' },
    status: {
      containerStatuses: [
        {
          name: 'backend',
          image: '',
          imageID: '',
          ready: false,
          restartCount,
          state: { waiting: { reason, message: 'why' } },
        },
      ],
    },
  });

  it('is beyond hope when it crashes again and again, but not at its first stumble', () => {
    expect(podTrouble(waiting('CrashLoopBackOff', 1))).toMatchObject({ hopeless: false });
    expect(podTrouble(waiting('CrashLoopBackOff', 3))).toEqual({
      pod: 'backend-1',
      reason: 'backend-1/backend: CrashLoopBackOff, why',
      hopeless: true,
    });
  });

  it('is beyond hope at once when its configuration names a Secret that is missing', () => {
    expect(podTrouble(waiting('CreateContainerConfigError'))?.hopeless).toBe(true);
  });

  it('says which image cannot be pulled, and may still become ready', () => {
    expect(podTrouble(waiting('ImagePullBackOff'))).toMatchObject({
      reason: expect.stringContaining('ImagePullBackOff'),
      hopeless: false,
    });
  });

  it('says why no node takes it', () => {
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: 'Insufficient cpu',
    };
    expect(
      podTrouble({ metadata: { name: 'backend-1' }, status: { conditions: [condition] } })?.reason,
    ).toBe('backend-1: Unschedulable, Insufficient cpu');
  });

  it('is in no trouble while its container is made', () => {
    expect(podTrouble(waiting('ContainerCreating'))).toBeUndefined();
  });
});

describe('a pod that runs an older image', () => {
  const pod = (image: string) => ({ spec: { containers: [{ name: 'x', image }] } });

  it('is outdated, and only then', () => {
    const tags = { backend: '2' };
    expect(isOutdated(pod('localhost:5000/todo/backend:1'), tags)).toBe(true);
    expect(isOutdated(pod('localhost:5000/todo/backend:2'), tags)).toBe(false);
    expect(isOutdated(pod('postgres:18'), tags)).toBe(false);
    expect(isOutdated(pod('localhost:5000/todo/unknown:1'), tags)).toBe(false);
  });
});
