import { describe, expect, it } from 'vitest';
import { autoSyncOf } from './auto-sync.ts';

const enabled = { 'f:spec': { 'f:syncPolicy': { 'f:automated': { 'f:enabled': {} } } } };
const manifest = (automated: object | undefined, managedFields: object[] = []) => ({
  metadata: { managedFields },
  spec: { syncPolicy: { automated } },
});

describe('auto-sync of an Application', () => {
  it('is automatic unless somebody switched it off', () => {
    expect(autoSyncOf(manifest({ prune: true }))).toEqual({ mode: 'automatic' });
    expect(autoSyncOf(manifest({ enabled: true }))).toEqual({ mode: 'automatic' });
  });

  it('is paused since its field was set, whatever else changed later', () => {
    const paused = manifest({ enabled: false, prune: true }, [
      { time: '2026-01-01T10:00:00Z', fieldsV1: { 'f:spec': { 'f:project': {} } } },
      { time: '2026-01-02T10:00:00Z', fieldsV1: enabled },
      { time: '2026-01-03T10:00:00Z', fieldsV1: { 'f:status': {} } },
    ]);
    expect(autoSyncOf(paused)).toEqual({ mode: 'paused', since: '2026-01-02T10:00:00Z' });
    expect(autoSyncOf(manifest({ enabled: false }))).toEqual({ mode: 'paused' });
  });

  it('is by hand when git asks for none', () => {
    expect(autoSyncOf(manifest(undefined))).toEqual({ mode: 'by hand' });
    expect(autoSyncOf({ metadata: {}, spec: {} })).toEqual({ mode: 'by hand' });
  });
});
