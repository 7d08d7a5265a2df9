import type { V1Pod } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { ailmentOf, components, nodeAilments, type Component, type Workload } from './ailments.ts';

const [gitea] = components.filter(({ name }) => name === 'gitea') as [Component];
const workload = (replicas: number): Workload => ({ spec: { replicas, selector: {} } });
const pod = (reason: string, restartCount: number): V1Pod => ({
  metadata: { name: 'gitea-1' },
  status: {
    containerStatuses: [
      {
        ...{ name: 'gitea', image: '', imageID: '', ready: false, restartCount },
        state: { waiting: { reason } },
      },
    ],
  },
});

describe('a component without a pod that serves', () => {
  it('is not installed when the cluster has no such object', () => {
    expect(ailmentOf(gitea, undefined, [])).toMatchObject({
      what: 'the git server is not installed: there is no Deployment gitea in namespace gitea',
      lasting: true,
    });
  });

  it('is switched off when somebody scaled it to 0', () => {
    expect(ailmentOf(gitea, workload(0), [])).toMatchObject({
      what: 'the git server is switched off: Deployment gitea in namespace gitea is scaled to 0',
      remedy: expect.stringContaining('npm run up'),
      lasting: true,
    });
  });

  it('lasts when its pod crashes again and again, with a way to look', () => {
    expect(ailmentOf(gitea, workload(1), [pod('CrashLoopBackOff', 5)])).toMatchObject({
      what: 'the git server does not run: gitea-1/gitea: CrashLoopBackOff',
      remedy: expect.stringContaining('kubectl -n gitea logs gitea-1 --previous'),
      lasting: true,
    });
  });

  it('may still come while its pod starts', () => {
    expect(ailmentOf(gitea, workload(1), []).lasting).toBe(false);
    expect(ailmentOf(gitea, workload(1), [pod('CrashLoopBackOff', 1)]).lasting).toBe(false);
  });
});

describe('a node', () => {
  const node = (type: string, status: string) => ({
    metadata: { name: 'todo' },
    status: { conditions: [{ type, status, message: 'says the kubelet' }] },
  });

  it('is well as long as it is ready and under no pressure', () => {
    expect(nodeAilments(node('Ready', 'True'), 'todo')).toEqual([]);
    expect(nodeAilments(node('DiskPressure', 'False'), 'todo')).toEqual([]);
  });

  it.each([
    ['Ready', 'Unknown', 'node todo is not ready (says the kubelet)', /minikube logs/],
    [
      'DiskPressure',
      'True',
      'the disk of node todo is full (says the kubelet)',
      /docker system df/,
    ],
    ['MemoryPressure', 'True', 'node todo is short of memory (says the kubelet)', /top pods/],
    ['PIDPressure', 'True', 'node todo is short of process ids (says the kubelet)', /top pods/],
  ])('that says %s=%s', (type, status, what, remedy) => {
    expect(nodeAilments(node(type, status), 'todo')).toEqual([
      { what, remedy: expect.stringMatching(remedy), lasting: true },
    ]);
  });
});
