import { describe, expect, it } from 'vitest';
import { changedDeployments, describeForecast, forecastFiles, surprises } from './forecast.ts';

describe('the forecast of a ship', () => {
  it('restarts Deployments whose tag differs from the cluster, and no others', () => {
    const deployed = { backend: '1', frontend: '2', stranger: '9' };
    expect(changedDeployments(deployed, { backend: '5', frontend: '2', migrations: '7' })).toEqual([
      'backend',
    ]);
  });

  it('changes the values file when git has other tags', () => {
    expect(forecastFiles('dev', { backend: '1' }, { backend: '2' })).toEqual([
      'gitops/environments/dev/images.yaml',
    ]);
    expect(forecastFiles('dev', { backend: '1' }, { backend: '1' })).toEqual([]);
  });

  it('reads as three lines', () => {
    expect(describeForecast({ build: ['backend', 'mcp'], files: [], restart: ['mcp'] })).toEqual([
      'build: backend, mcp',
      'change: nothing',
      'restart: mcp',
    ]);
  });

  it('is compared with what happened, both ways', () => {
    const forecast = { build: ['mcp'], files: ['a.yaml'], restart: ['mcp'] };
    expect(surprises(forecast, structuredClone(forecast))).toEqual([]);
    expect(surprises(forecast, { ...forecast, files: [], restart: ['mcp', 'agent'] })).toEqual([
      'change a.yaml: did not happen',
      'restart agent: not forecast',
    ]);
  });
});
