import { describe, expect, it } from 'vitest';
import { arrivedAt, syncStartedAt, type RolloutRecord } from './rollout-record.ts';

const image = (tag: string) => `localhost:5000/todo/backend:${tag}`;
const record: RolloutRecord = {
  syncs: [
    { at: 100, revision: 'aaa' },
    { at: 200, revision: 'bbb' },
    { at: 250, revision: 'bbb' },
  ],
  endpoints: [
    { at: 90, ready: ['old-1', 'old-2'] },
    { at: 300, ready: ['old-1', 'old-2', 'new-1'] },
    { at: 400, ready: ['old-2', 'new-1'] },
    { at: 500, ready: ['new-1'] },
    { at: 600, ready: ['new-1', 'new-2'] },
    { at: 700, ready: ['new-1', 'new-2'] },
  ],
  images: new Map([
    ['old-1', image('11')],
    ['old-2', image('11')],
    ['new-1', image('22')],
    ['new-2', image('22')],
  ]),
};

describe('a version has arrived', () => {
  it('when all its pods get requests, and no others do', () => {
    expect(arrivedAt(record, { tag: '22', replicas: 2, after: 0 })).toBe(600);
  });

  it('not before the change was made, as after a rollback to what ran before', () => {
    expect(arrivedAt(record, { tag: '11', replicas: 2, after: 0 })).toBe(90);
    expect(arrivedAt(record, { tag: '11', replicas: 2, after: 95 })).toBeUndefined();
  });

  it('not when another tag merely ends alike', () => {
    expect(arrivedAt(record, { tag: '2', replicas: 2, after: 0 })).toBeUndefined();
  });

  it('not when there are too few', () => {
    expect(arrivedAt(record, { tag: '22', replicas: 3, after: 0 })).toBeUndefined();
  });
});

it('a sync starts when Argo CD is first seen at it', () => {
  expect(syncStartedAt(record, 'bbb')).toBe(200);
  expect(syncStartedAt(record, 'ccc')).toBeUndefined();
});
