import { describe, expect, it } from 'vitest';
import { attentionOf } from './attention.ts';
import type { CheckoutState } from './checkout-state.ts';
import type { ApplicationReport } from './cluster/application-report.ts';
import type { ServiceState } from './cluster/service-state.ts';

const fact = { commit: 'abc', subject: 'Change', time: '2026-01-01T10:00:00Z' };
const well: ApplicationReport = {
  repository: 'http://git/todo.git',
  applied: { commit: 'abc' },
  sync: 'Synced',
  health: 'Healthy',
  autoSync: { mode: 'automatic' },
  history: [],
  outOfSync: [],
};
const pushed: CheckoutState = {
  head: fact,
  server: fact,
  notPushed: [],
  notPulled: [],
  notApplied: [],
};
const backend: ServiceState = {
  name: 'backend',
  kind: 'Deployment',
  tag: '123',
  ready: 2,
  wanted: 2,
  restarts: 0,
  pods: [],
};
const drift = [{ object: 'Service/a', is: 'missing' as const, fields: [] }];

const standing = { report: well, git: pushed, services: [backend], drift: [], empty: false };

describe('what needs attention', () => {
  it('is nothing while work is only not pushed yet, or others pushed', () => {
    const git = { ...pushed, notPushed: [fact], notPulled: [fact] };
    expect(attentionOf({ ...standing, git })).toEqual([]);
  });

  it('is a pause, with the two ways out and since when', () => {
    const autoSync = { mode: 'paused', since: '2026-01-01T10:00:00Z' } as const;
    const [news] = attentionOf({ ...standing, report: { ...well, autoSync } });
    expect(news).toMatch(/paused since 2026-01-01T10:00:00Z.*--adopt.*npm run resume/);
  });

  it.each<[string, object, object, RegExp]>([
    ['a git server that is gone', {}, { server: undefined }, /git server does not answer/],
    ['what is pushed but not applied', {}, { notApplied: [fact] }, /^one commit is pushed but not/],
    ['the same, by hand', { autoSync: { mode: 'by hand' } }, { notApplied: [fact] }, /press Sync/],
    ['a sync that failed', { problem: 'the last sync failed: x' }, {}, /the last sync failed: x/],
    ['an Application out of sync', { sync: 'OutOfSync' }, {}, /Argo CD says OutOfSync/],
    ['ill health of unknown cause', { health: 'Degraded' }, {}, /Argo CD says Degraded/],
  ])('is %s', (_, report, git, text) => {
    const merged = { report: { ...well, ...report }, git: { ...pushed, ...git } };
    const news = attentionOf({ ...standing, ...merged });
    expect(news).toEqual([expect.stringMatching(text)]);
  });

  it('is nothing in an environment that waits for its first promotion, then the first sync', () => {
    const autoSync = { mode: 'by hand' } as const;
    const report: ApplicationReport = { ...well, sync: 'OutOfSync', health: 'Missing', autoSync };
    delete report.applied;
    expect(attentionOf({ ...standing, report, services: [], empty: true })).toEqual([]);
    const [news, ...more] = attentionOf({ ...standing, report, services: [] });
    expect(news).toMatch(/nothing is applied yet: press Sync.*promote -- --sync/);
    expect(more).toEqual([]);
  });

  it('is drift, pods that are not ready with their reason, and a job that is not done', () => {
    const pending = 'backend: 1 of 2 pods are ready';
    const services: ServiceState[] = [
      { ...backend, ready: 1, pending, trouble: 'b-1: CrashLoopBackOff' },
      { ...backend, name: 'migrations', kind: 'Job', ready: 0, wanted: 1 },
    ];
    const report = { ...well, sync: 'OutOfSync', health: 'Degraded' };
    expect(attentionOf({ ...standing, report, services, drift })).toEqual([
      'one object differs from git',
      'backend: 1 of 2 pods are ready (b-1: CrashLoopBackOff)',
      'migrations: 0 of 1 done',
    ]);
  });
});
