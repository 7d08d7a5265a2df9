import { beforeEach, describe, expect, it } from 'vitest';
import type { ApplicationStatus } from './argocd.ts';
import { comparisonWatch } from './comparison-watch.ts';

const broken = "values don't meet the specifications of the schema(s)";
const silent = 'rpc error: code = Unavailable desc = dial tcp 10.96.8.2:8081: connection refused';
const status = (message?: string, refreshing = false): ApplicationStatus => ({
  refreshing,
  conditions: message ? [{ type: 'ComparisonError', message }] : [],
});

describe("an Application's ComparisonError", () => {
  let at: number;
  let asked: string[];
  let watch: ReturnType<typeof comparisonWatch>;
  beforeEach(() => {
    at = 0;
    asked = [];
    const refresh = (kind: string) => Promise.resolve(asked.push(kind));
    watch = comparisonWatch('0123456789abcdef', refresh, () => at);
  });

  it('is asked for again before it counts, as it may be left from before', async () => {
    expect(await watch(status(broken))).toMatch(/looks again/);
    expect(asked).toEqual(['hard']);
    expect(await watch(status(broken, true))).toMatch(/looks again/);
    expect(await watch(status())).toBeUndefined();
  });

  it('blames the commit as soon as Argo CD says it once more', async () => {
    await watch(status(broken));
    await expect(watch(status(broken))).rejects.toThrow(/does not render:\nvalues don't meet/);
  });

  it('waits a while for a part that does not answer, then names it', async () => {
    for (; at < 10; at += 1) expect(await watch(status(silent))).toMatch(/connection refused/);
    expect(asked.length).toBeGreaterThan(2);
    at = 20;
    await expect(watch(status(silent))).rejects.toThrow(/a part of Argo CD does not answer/);
  });

  it('does not wait forever for a refresh that nobody carries out', async () => {
    await watch(status(silent, true));
    at = 20;
    await expect(watch(status(silent, true))).rejects.toThrow(/does not answer/);
  });

  it('begins anew once it is gone', async () => {
    await watch(status(silent));
    at = 10;
    expect(await watch(status())).toBeUndefined();
    at = 20;
    expect(await watch(status(silent))).toMatch(/looks again/);
  });
});
