import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chartNames, LIBRARY, UMBRELLA } from './charts.ts';
import { ChartsCopy, hasHelm, printsNotesOffline } from './testing/helm.ts';
import { find, names, pods, type Manifest } from './testing/manifests.ts';

describe.skipIf(!hasHelm)('the umbrella chart in dev', () => {
  let charts: ChartsCopy;
  let dev: Manifest[];
  beforeAll(async () => {
    charts = new ChartsCopy();
    dev = await charts.environment('dev');
  });
  afterAll(() => charts[Symbol.dispose]());

  it('has the Deployments with their replicas', () => {
    const replicas = Object.fromEntries(
      dev
        .filter(({ kind }) => kind === 'Deployment')
        .map(({ metadata, spec }) => [metadata.name, spec.replicas]),
    );
    expect(replicas).toMatchObject({ agent: 1, backend: 2, frontend: 2, mcp: 1 });
  });

  it('has the Services under the names and ports that others rely on', () => {
    const services = Object.fromEntries(
      dev
        .filter(({ kind }) => kind === 'Service')
        .map(({ metadata, spec }) => [
          metadata.name,
          [spec.type, spec.ports[0].port, spec.ports[0].nodePort].filter(Boolean).join(' '),
        ]),
    );
    expect(services).toMatchObject({
      'agent-service': 'ClusterIP 8001',
      'backend-service': 'ClusterIP 8000',
      'frontend-service': 'NodePort 3000 30000',
      'mcp-service': 'ClusterIP 8002',
      postgres: 'ClusterIP 5432',
    });
  });

  it('gives each service the resources it was promised', () => {
    const resources = (name: string) => pods(dev)[name]?.spec.containers[0]?.resources;
    const amounts = (cpu: string, memory: string) => ({ cpu, memory });
    const web = { requests: amounts('100m', '128Mi'), limits: amounts('500m', '512Mi') };
    expect(resources('frontend')).toEqual(web);
    expect(resources('agent')).toEqual(web);
    expect(resources('backend')).toEqual({
      requests: amounts('200m', '256Mi'),
      limits: amounts('1', '1Gi'),
    });
    expect(resources('mcp')).toEqual({
      requests: amounts('100m', '128Mi'),
      limits: amounts('300m', '256Mi'),
    });
  });

  it('probes every service every second until it is ready', () => {
    for (const [name, pod] of Object.entries(pods(dev))) {
      if (!['frontend', 'backend', 'agent', 'mcp'].includes(name)) continue;
      const container = pod.spec.containers[0];
      expect(container?.readinessProbe, name).toMatchObject({
        httpGet: { path: '/readyz', port: 'http' },
        periodSeconds: 1,
      });
      expect(container?.startupProbe, name).toMatchObject({
        httpGet: { path: '/healthz' },
        periodSeconds: 1,
      });
      expect(container?.livenessProbe, name).toMatchObject({ httpGet: { path: '/healthz' } });
    }
  });

  it('has Argo CD replace Services, so that no port stays that git does not have', () => {
    const services = dev.filter(({ kind }) => kind === 'Service');
    expect(services.length).toBeGreaterThanOrEqual(5);
    for (const { metadata } of services) {
      expect(metadata.annotations, metadata.name).toMatchObject({
        'argocd.argoproj.io/sync-options': 'Replace=true',
      });
    }
  });

  it('lets a stopping pod serve, drain and end before Kubernetes kills it', () => {
    for (const name of ['frontend', 'backend', 'agent', 'mcp']) {
      const grace = Number(find(dev, 'ConfigMap', `${name}-config`).data?.['SHUTDOWN_GRACE_MS']);
      const killed = Number(pods(dev)[name]?.spec['terminationGracePeriodSeconds']);
      expect(grace, name).toBeGreaterThan(0);
      expect(killed * 1000, name).toBeGreaterThan(grace + 10_000);
    }
  });

  it('routes both hosts: /api to the backend, everything else to the frontend', () => {
    const routes = dev
      .filter(({ kind }) => kind === 'Ingress')
      .flatMap(({ spec }) => {
        expect(spec.ingressClassName).toBe('traefik');
        return spec.rules.map(
          (rule: { host: string; http: { paths: { path: string; backend: never }[] } }) =>
            `${rule.host}${rule.http.paths[0]?.path} ${(rule.http.paths[0]?.backend as { service: { name: string } } | undefined)?.service.name}`,
        );
      });
    expect(routes).toEqual(
      expect.arrayContaining([
        'todo.local/ frontend-service',
        'todo.local/api backend-service',
        'todo.localhost/ frontend-service',
        'todo.localhost/api backend-service',
      ]),
    );
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('starts the database, then migrates, then starts the services', () => {
    const wave = (kind: string, name: string | RegExp) =>
      Number(find(dev, kind, name).metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
    expect(wave('StatefulSet', 'postgres')).toBe(-2);
    expect(wave('Job', /^migrations-/)).toBe(-1);
    expect(wave('ServiceAccount', 'migrations')).toBe(-1);
    expect(wave('Deployment', 'backend')).toBe(0);
  });

  it('restarts no pod for a new chart version or another release name', async () => {
    const other = await charts.helm(['template', 'another'], UMBRELLA, [
      ...charts.options({
        values: ['gitops/environments/dev/values.yaml', 'gitops/environments/dev/images.yaml'],
      }),
    ]);
    for (const pod of Object.values(pods(dev))) {
      expect(JSON.stringify(pod)).not.toMatch(/0\.1\.0|todo-chatbot-0/);
    }
    expect(other).toContain('app.kubernetes.io/instance: another');
    for (const pod of Object.values(pods(dev))) {
      expect(pod.metadata.labels).not.toHaveProperty('app.kubernetes.io/instance');
    }
  });

  it('has one owner for the replicas: the HPA when it is on', async () => {
    const scaled = await charts.environment('dev', { 'backend.autoscaling.enabled': true });
    expect(find(scaled, 'Deployment', 'backend').spec).not.toHaveProperty('replicas');
    expect(find(scaled, 'HorizontalPodAutoscaler', 'backend').spec.scaleTargetRef.name).toBe(
      'backend',
    );
    expect(dev.some(({ kind }) => kind === 'HorizontalPodAutoscaler')).toBe(false);
  });

  it('keeps a drain from stopping all pods of a service, and spreads them over nodes', () => {
    for (const name of ['frontend', 'backend', 'agent', 'mcp']) {
      expect(find(dev, 'PodDisruptionBudget', name).spec.maxUnavailable).toBe(1);
      expect(pods(dev)[name]?.spec['topologySpreadConstraints']).toMatchObject([
        { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
      ]);
    }
  });

  it('replaces pods a quarter at a time in prod, and never serves with fewer in dev', async () => {
    const prod = await charts.environment('prod');
    const update = (manifests: Manifest[], name: string) =>
      find(manifests, 'Deployment', name).spec.strategy.rollingUpdate;
    for (const name of ['frontend', 'backend', 'agent', 'mcp']) {
      expect(update(prod, name)).toEqual({ maxSurge: '25%', maxUnavailable: '25%' });
      expect(update(dev, name).maxUnavailable).toBe(0);
    }
  });

  it('leaves out a service that is switched off', async () => {
    const without = await charts.environment('dev', { 'agent.enabled': false });
    expect(names(without).filter((name) => name.includes('agent'))).toEqual([]);
    expect(names(without)).toContain('Deployment/backend');
  });
});

describe.skipIf(!hasHelm)('each chart', () => {
  let charts: ChartsCopy;
  beforeAll(() => void (charts = new ChartsCopy()));
  afterAll(() => charts[Symbol.dispose]());
  const single = chartNames().filter((name) => name !== LIBRARY && name !== UMBRELLA);

  it.each(single)('%s installs alone, and makes what the umbrella makes of it', async (chart) => {
    const tags = { 'image.tag': '0000000000' };
    const alone = await charts.render(chart, { set: chart === 'postgres' ? {} : tags });
    // The Job's name holds a hash of its image, so both must have the same.
    const sameTag = chart === 'postgres' ? {} : { [`${chart}.image.tag`]: '0000000000' };
    const all = await charts.environment('dev', sameTag);
    expect(alone.length).toBeGreaterThan(2);
    expect(names(all)).toEqual(expect.arrayContaining(names(alone)));
  });

  it.each([...single, UMBRELLA])('%s passes helm lint', async (chart) => {
    const set = chart === UMBRELLA || chart === 'postgres' ? {} : { 'image.tag': '0000000000' };
    const values =
      chart === UMBRELLA
        ? ['gitops/environments/dev/values.yaml', 'gitops/environments/dev/images.yaml']
        : [];
    const report = await charts.helm(['lint', '--strict'], chart, charts.options({ set, values }));
    expect(report).toContain('0 chart(s) failed');
  });

  it.skipIf(!printsNotesOffline).each([...single, UMBRELLA])(
    '%s tells a person what to do next',
    async (chart) => {
      const options = charts.options(
        chart === UMBRELLA
          ? {
              values: [
                'gitops/environments/dev/values.yaml',
                'gitops/environments/dev/images.yaml',
              ],
            }
          : { set: chart === 'postgres' ? {} : { 'image.tag': '0000000000' } },
      );
      const notes = await charts.helm(['install', 'x', '--dry-run=client'], chart, options);
      expect(notes.slice(notes.indexOf('NOTES:'))).toMatch(/Wait for it: +kubectl -n chatbot-dev/);
    },
  );
});
