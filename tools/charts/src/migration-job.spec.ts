import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChartsCopy, hasHelm } from './testing/helm.ts';
import { find } from './testing/manifests.ts';

describe.skipIf(!hasHelm)('the migration Job', () => {
  let charts: ChartsCopy;
  beforeAll(() => void (charts = new ChartsCopy()));
  afterAll(() => charts[Symbol.dispose]());

  const job = async (set: Record<string, unknown> = {}) =>
    find(await charts.environment('dev', set), 'Job', /^migrations-[0-9a-f]{10}$/);
  const name = async (set: Record<string, unknown> = {}) => (await job(set)).metadata.name;

  it('runs again when the migrations changed', async () => {
    expect(await name({ 'migrations.image.tag': 'abcdef' })).not.toBe(await name());
  });

  it('runs again when its pod changed, because a Job cannot be edited', async () => {
    expect(await name({ 'migrations.resources.limits.memory': '300Mi' })).not.toBe(await name());
  });

  it('is left alone when another image or setting changed', async () => {
    const before = await job();
    const after = await job({
      'backend.image.tag': 'abcdef',
      'backend.config.LOG_LEVEL': 'debug',
      'postgres.storage.size': '2Gi',
    });
    expect(after).toEqual(before);
  });

  it('stays when it is done, and tries again while the database starts', async () => {
    const { spec } = await job();
    expect(spec).not.toHaveProperty('ttlSecondsAfterFinished');
    expect(spec.template.spec.restartPolicy).toBe('OnFailure');
    expect(spec.backoffLimit).toBeGreaterThan(5);
  });
});
