import { describe, expect, it } from 'vitest';
import { summarise, type Workloads } from './service-state.ts';

const labels = (name: string) => ({ 'app.kubernetes.io/name': name });
const template = (name: string, tag: string) => ({
  spec: { containers: [{ name, image: `localhost:5000/todo/${name}:${tag}` }] },
});

const deployment = (name: string, status: object) => ({
  metadata: { name, labels: labels(name), generation: 1 },
  spec: { replicas: 2, selector: {}, template: template(name, '123') },
  status: { observedGeneration: 1, replicas: 2, updatedReplicas: 2, ...status },
});
const pod = (name: string, service: string, minute: number, status: object = {}) => ({
  metadata: {
    name,
    labels: labels(service),
    creationTimestamp: new Date(`2026-01-01T10:0${minute}:00Z`),
  },
  status: { containerStatuses: [{ name: service, restartCount: 1, ...status }] },
});
const job = (name: string, minute: number, status: object) => ({
  metadata: {
    name,
    labels: labels('migrations'),
    creationTimestamp: new Date(`2026-01-01T10:0${minute}:00Z`),
  },
  spec: { template: template('migrations', `${minute}`) },
  status,
});
const statesOf = (workloads: object) =>
  summarise({
    deployments: [],
    statefulSets: [],
    jobs: [],
    pods: [],
    ...workloads,
  } as Workloads);

describe('the state of a service', () => {
  it('counts ready pods and restarts, and is as old as its newest pod', () => {
    const pods = [pod('b-2', 'backend', 2), pod('b-1', 'backend', 1), pod('m-1', 'mcp', 5)];
    const status = { readyReplicas: 2, availableReplicas: 2 };
    expect(statesOf({ deployments: [deployment('backend', status)], pods })).toEqual([
      {
        name: 'backend',
        kind: 'Deployment',
        tag: '123',
        ready: 2,
        wanted: 2,
        restarts: 2,
        since: '2026-01-01T10:02:00.000Z',
        pods: ['b-1', 'b-2'],
      },
    ]);
  });

  it('leaves out pods on their way out, and says what the others lack', () => {
    const gone = pod('b-1', 'backend', 1);
    const waiting = { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } };
    const pods = [
      { ...gone, metadata: { ...gone.metadata, deletionTimestamp: new Date() } },
      pod('b-2', 'backend', 2, { restartCount: 0, state: waiting }),
    ];
    const status = { readyReplicas: 1, availableReplicas: 1 };
    expect(statesOf({ deployments: [deployment('backend', status)], pods })).toMatchObject([
      {
        ready: 1,
        restarts: 0,
        pods: ['b-2'],
        pending: 'backend: 1 of 2 pods are ready',
        trouble: 'b-2/backend: ImagePullBackOff, no such image',
      },
    ]);
  });

  it('is, for a job, that of the newest, after all servers', () => {
    const jobs = [job('migrations-b', 2, {}), job('migrations-a', 1, { succeeded: 1 })];
    const servers = [deployment('zoo', {}), deployment('agent', {})];
    const states = statesOf({ deployments: servers, jobs });
    expect(states.map(({ name }) => name)).toEqual(['agent', 'zoo', 'migrations']);
    expect(states.at(-1)).toMatchObject({ kind: 'Job', tag: '2', ready: 0, wanted: 1 });
  });
});
