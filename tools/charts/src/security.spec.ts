import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChartsCopy, hasHelm } from './testing/helm.ts';
import { manifestsIn, pods, type Manifest, type Pod } from './testing/manifests.ts';

function expectRestricted(name: string, { spec }: Pod): void {
  expect(spec.securityContext, name).toMatchObject({
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  for (const container of spec.containers) {
    expect(container.securityContext, name).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.resources, name).toMatchObject({
      requests: { cpu: expect.any(String), memory: expect.any(String) },
      limits: { cpu: expect.any(String), memory: expect.any(String) },
    });
    expect(container.image, name).toMatch(/:[^:/]+$/);
    expect(container.image, name).not.toMatch(/:latest$/);
  }
  expect(spec.enableServiceLinks, name).toBe(false);
}

describe.skipIf(!hasHelm)('the pods of the chatbot', () => {
  let charts: ChartsCopy;
  let dev: Manifest[];
  beforeAll(async () => {
    charts = new ChartsCopy();
    dev = await charts.environment('dev');
  });
  afterAll(() => charts[Symbol.dispose]());

  it('keep to the restricted standard, with a read-only root', () => {
    expect(Object.keys(pods(dev)).length).toBeGreaterThanOrEqual(6);
    for (const [name, pod] of Object.entries(pods(dev))) {
      expectRestricted(name, pod);
      expect(pod.spec.automountServiceAccountToken, name).toBe(false);
      expect(pod.spec['hostNetwork'], name).toBeUndefined();
      expect(pod.spec['serviceAccountName'], name).not.toBe('default');
    }
  });

  it('get their secrets from Secrets, and only these', () => {
    const secrets = Object.fromEntries(
      Object.entries(pods(dev)).map(([name, pod]) => [
        name.replace(/-[0-9a-f]{10}$/, ''),
        (pod.spec.containers[0]?.env ?? [])
          .filter(({ valueFrom }) => valueFrom)
          .map(({ name: variable, valueFrom }) => {
            const ref = valueFrom?.secretKeyRef;
            return `${variable}=${ref?.name}/${ref?.key}${ref?.optional ? '?' : ''}`;
          }),
      ]),
    );
    expect(secrets).toMatchObject({
      agent: ['OPENAI_API_KEY=api-keys/OPENAI_API_KEY?'],
      backend: [
        'AUTH_SECRET=auth-secrets/AUTH_SECRET',
        'DATABASE_URL=database-secrets/DATABASE_URL',
      ],
      frontend: [],
      mcp: ['DATABASE_URL=database-secrets/DATABASE_URL'],
      migrations: ['DATABASE_URL_DIRECT=database-secrets/DATABASE_URL_DIRECT'],
      postgres: ['POSTGRES_PASSWORD=database-secrets/POSTGRES_PASSWORD'],
    });
  });

  it('find nothing secret in ConfigMaps, and no Secret comes from git', () => {
    for (const { metadata, data = {} } of dev.filter(({ kind }) => kind === 'ConfigMap')) {
      for (const [variable, value] of Object.entries(data)) {
        expect(variable, metadata.name).not.toMatch(/SECRET|PASSWORD|API_KEY|DATABASE_URL/);
        expect(value, variable).not.toMatch(/:\/\/[^/]*:[^/]*@/);
      }
    }
    expect(dev.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  it('cannot be given a secret as plain configuration', async () => {
    const set = { 'backend.config.AUTH_SECRET': 'x'.repeat(32) };
    await expect(charts.environment('dev', set)).rejects.toThrow(/AUTH_SECRET/);
  });
});

describe('the platform', () => {
  const manifests = manifestsIn('gitops').map(({ manifest }) => manifest);

  it('keeps to the restricted standard; only the registry uses the node network', () => {
    for (const [name, pod] of Object.entries(pods(manifests))) {
      expectRestricted(name, pod);
      expect(pod.spec['hostNetwork'] ?? false, name).toBe(name === 'registry');
      expect(pod.spec.automountServiceAccountToken, name).toBe(name === 'traefik');
    }
  });

  it('enforces the standard in every namespace', () => {
    const enforced = Object.fromEntries(
      manifests
        .filter(({ kind }) => kind === 'Namespace')
        .map(({ metadata }) => [
          metadata.name,
          metadata.labels?.['pod-security.kubernetes.io/enforce'],
        ]),
    );
    expect(enforced).toEqual({
      'chatbot-dev': 'restricted',
      'chatbot-prod': 'restricted',
      gitea: 'restricted',
      registry: 'privileged',
      traefik: 'restricted',
    });
  });

  it('has no Secret in git', () => {
    expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });
});
