import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageNames } from './charts.ts';
import { ChartsCopy, hasHelm } from './testing/helm.ts';
import { find, pods } from './testing/manifests.ts';

describe.skipIf(!hasHelm)('values', () => {
  let charts: ChartsCopy;
  beforeAll(() => void (charts = new ChartsCopy()));
  afterAll(() => charts[Symbol.dispose]());

  it.each([
    ['backnd.replicas', 3, 'backnd'],
    ['backend.replicaz', 3, 'replicaz'],
    ['backend.image.tagg', 'x', 'tagg'],
    ['agent.config.MCP_ULR', 'http://x', 'MCP_ULR'],
    ['backend.secrets.DATABSE_URL', { name: 'x' }, 'DATABSE_URL'],
    ['mcp.resources.limits.gpu', '1', 'gpu'],
    ['global.registry', 'x', 'registry'],
    ['postgres.storage.class', 'x', 'class'],
    ['migrations.network.to', [{ databse: true }], 'databse'],
  ])('refuse the misspelt %s by its name', async (key, value, offender) => {
    await expect(charts.environment('dev', { [key]: value })).rejects.toThrow(offender);
  });

  it.each([
    ['backend.config.LOG_LEVEL', 'loud', /LOG_LEVEL/],
    ['backend.image.tag', 123, /image.*tag/s],
    ['backend.image.tag', '', /backend: image\.tag is empty\..*images\.yaml/],
    ['backend.image.tag', 'latest', /backend: image\.tag is "latest"/],
    ['mcp.service.nodePort', 30001, /mcp: service\.nodePort is set but service\.type is ClusterIP/],
    ['agent.network.to', [{ app: 'mcp' }], /agent: an entry of network\.to has no port/],
    ['agent.network.from', [{}], /agent: an entry of network\.from names nobody/],
    ['global.database.external', true, /postgres\.enabled is true/],
    ['postgres.enabled', false, /global\.database\.external is false/],
  ])('refuse %s=%j with the reason', async (key, value, reason) => {
    await expect(charts.environment('dev', { [key]: value })).rejects.toThrow(reason);
  });

  it('refuse an HPA whose bounds cross', async () => {
    const set = { 'agent.autoscaling': { enabled: true, minReplicas: 9 } };
    await expect(charts.environment('dev', set)).rejects.toThrow(/agent: autoscaling\.minReplicas/);
  });

  it('restart only the service whose setting changed', async () => {
    const before = pods(await charts.environment('dev'));
    const after = pods(await charts.environment('dev', { 'backend.config.LOG_LEVEL': 'debug' }));
    const changed = Object.keys(before).filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    expect(changed).toEqual(['backend']);
  });

  it('restart only the service whose image changed', async () => {
    const before = pods(await charts.environment('dev'));
    const after = pods(await charts.environment('dev', { 'mcp.image.tag': 'abcdef' }));
    const changed = Object.keys(before).filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    expect(changed).toEqual(['mcp']);
  });

  it('say once where all images come from', async () => {
    const set = { 'global.image.registry': 'registry.example.com' };
    const images = Object.values(pods(await charts.environment('dev', set)))
      .map((pod) => pod.spec.containers[0]?.image)
      .filter((image) => image?.includes('todo/'));
    expect(images).toHaveLength(imageNames().length);
    for (const image of images) expect(image).toMatch(/^registry\.example\.com\/todo\/[\w-]+:\w+$/);
  });

  it('give the addresses of the services that there are', async () => {
    const dev = await charts.environment('dev');
    for (const { data = {} } of dev.filter(({ kind }) => kind === 'ConfigMap')) {
      for (const [variable, value] of Object.entries(data)) {
        if (!variable.endsWith('_URL')) continue;
        const { hostname, port } = new URL(value);
        expect(find(dev, 'Service', hostname).spec.ports[0].port, variable).toBe(Number(port));
      }
    }
  });
});
