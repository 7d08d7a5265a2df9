import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesOf, imageNames, root } from './charts.ts';
import { ChartsCopy, hasHelm } from './testing/helm.ts';
import { find, manifestsIn, pods, type Manifest } from './testing/manifests.ts';

const files = manifestsIn('gitops');
const manifests = files.map(({ manifest }) => manifest);
const environments = readdirSync(join(root, 'gitops/environments')).sort();
const project = (name: string) => find(manifests, 'AppProject', name).spec;

/** Kinds that are not in a namespace, of those used here. */
const CLUSTER_KINDS = ['Namespace', 'IngressClass', 'ClusterRole', 'ClusterRoleBinding'];

function expectAllowed(
  { apiVersion, kind, metadata }: Manifest,
  project: Manifest['spec'],
  namespace?: string,
): void {
  const entry = { group: apiVersion.includes('/') ? apiVersion.split('/')[0] : '', kind };
  if (CLUSTER_KINDS.includes(kind)) {
    expect(project.clusterResourceWhitelist).toContainEqual(entry);
    return;
  }
  expect(project.namespaceResourceWhitelist).toContainEqual(entry);
  expect(project.destinations).toContainEqual({
    server: 'https://kubernetes.default.svc',
    namespace: metadata.namespace ?? namespace,
  });
}

describe('the projects', () => {
  it('allow what git holds, and its one repository', () => {
    for (const { manifest } of files) expectAllowed(manifest, project('platform'));
    for (const { spec } of manifests.filter(({ kind }) => kind === 'Application')) {
      expect(project(spec.project).sourceRepos).toEqual([spec.source.repoURL]);
    }
  });

  it('let an environment have no rights, no other namespace and no Application', () => {
    const { clusterResourceWhitelist, namespaceResourceWhitelist, destinations } =
      project('environments');
    expect(clusterResourceWhitelist).toEqual([]);
    const kinds = namespaceResourceWhitelist.map(({ kind }: { kind: string }) => kind);
    for (const kind of ['Secret', 'Role', 'RoleBinding', 'Application', 'AppProject', 'Pod']) {
      expect(kinds).not.toContain(kind);
    }
    expect(destinations.map(({ namespace }: { namespace: string }) => namespace)).toEqual(
      environments.map((environment) => `chatbot-${environment}`),
    );
  });

  it('leave nothing to the one that Argo CD brings', () => {
    expect(project('default')).toMatchObject({ sourceRepos: [], destinations: [] });
  });
});

describe('the root Application', () => {
  const rootApplication = find(manifests, 'Application', 'root');
  const included: string[] = parse(
    readFileSync(join(root, 'gitops/kustomization.yaml'), 'utf8'),
  ).resources;

  it('brings files that exist, of every environment, and is refreshed by exactly these', () => {
    for (const file of included) expect(existsSync(join(root, 'gitops', file)), file).toBe(true);
    for (const environment of environments) {
      expect(included).toContain(`environments/${environment}/application.yaml`);
      expect(included).toContain(`environments/${environment}/namespace.yaml`);
    }
    const paths =
      rootApplication.metadata.annotations?.['argocd.argoproj.io/manifest-generate-paths'] ?? '';
    for (const file of ['kustomization.yaml', ...included]) {
      const covered = paths
        .split(';')
        .some((path) => `/gitops/${file}` === path || `/gitops/${file}`.startsWith(`${path}/`));
      expect(covered, file).toBe(true);
    }
    expect(paths).not.toContain('images.yaml');
  });

  it('leaves an auto-sync that a person has paused alone', () => {
    expect(rootApplication.spec.ignoreDifferences[0].jsonPointers).toContain(
      '/spec/syncPolicy/automated/enabled',
    );
    // Who applies a field owns it: root must not set the one that a person changes.
    expect(rootApplication.spec.syncPolicy.syncOptions).toContain('ServerSideApply=true');
    for (const { spec } of manifests.filter(({ kind }) => kind === 'Application')) {
      expect(spec.syncPolicy.automated ?? {}).not.toHaveProperty('enabled');
    }
  });

  it('does not write the status of the Applications that it brings', () => {
    expect(rootApplication.spec.syncPolicy.syncOptions).not.toContain(
      'RespectIgnoreDifferences=true',
    );
  });
});

describe('the platform Application', () => {
  it('does not manage itself', () => {
    const { spec } = find(manifests, 'Application', 'platform');
    expect(spec.source.directory.exclude).toBe('application.yaml');
    expect(existsSync(join(root, spec.source.path, 'application.yaml'))).toBe(true);
  });

  it('names a namespace in every object, because it has no one of its own', () => {
    for (const { file, manifest } of files) {
      if (!file.startsWith('gitops/platform/') || CLUSTER_KINDS.includes(manifest.kind)) continue;
      expect(manifest.metadata.namespace, `${file} ${manifest.kind}`).toBeDefined();
    }
  });

  it('makes the namespaces before what is in them, for a plain kubectl apply in file order', () => {
    for (const folder of ['registry', 'gitea']) {
      const first = files.find(({ file }) => file.startsWith(`gitops/platform/${folder}/`));
      expect(first?.manifest.kind).toBe('Namespace');
    }
  });
});

describe.each(environments)('environment %s', (environment) => {
  const folder = join(root, 'gitops/environments', environment);
  const application = find(manifests, 'Application', `todo-${environment}`);
  const { source, destination, syncPolicy } = application.spec;

  it('renders the umbrella with its two values files', () => {
    expect(source.path).toBe('charts/todo-chatbot');
    expect(destination.namespace).toBe(`chatbot-${environment}`);
    expect(source.helm.valueFiles.map((file: string) => join(root, source.path, file))).toEqual([
      join(folder, 'values.yaml'),
      join(folder, 'images.yaml'),
    ]);
  });

  it('is refreshed by what it renders, and by no document', () => {
    const annotation =
      application.metadata.annotations?.['argocd.argoproj.io/manifest-generate-paths'] ?? '';
    const paths = annotation.split(';');
    const covers = (file: string) =>
      paths.some((path) => `/${file}` === path || `/${file}`.startsWith(`${path}/`));
    const renders = (file: string) =>
      (file.startsWith('charts/') && !file.endsWith('.md')) ||
      ['values.yaml', 'images.yaml'].some(
        (name) => file === `gitops/environments/${environment}/${name}`,
      );
    for (const file of filesOf('charts', 'gitops')) {
      expect(covers(file), file).toBe(renders(file));
    }
    for (const path of paths) expect(path).toMatch(/^\/(charts|gitops)\//);
    expect(syncPolicy.syncOptions).toContain('ApplyOutOfSyncOnly=true');
  });

  it('has a generated file with a tag for every image, and nothing else', () => {
    const text = readFileSync(join(folder, 'images.yaml'), 'utf8');
    expect(text.split('\n')[0]).toBe(
      `# Generated by npx nx g @todo/workspace:values --env=${environment}; do not edit.`,
    );
    const tag = { image: { tag: expect.stringMatching(/^\d+$/) } };
    expect(parse(text)).toEqual(Object.fromEntries(imageNames().map((name) => [name, tag])));
  });
});

it('the ingress controller reads every environment', () => {
  const { containers } = find(manifests, 'Deployment', 'traefik').spec.template.spec;
  const namespaces = environments.map((environment) => `chatbot-${environment}`);
  expect(containers[0].args).toContain(
    `--providers.kubernetesingress.namespaces=${namespaces.join(',')}`,
  );
  const bound = manifests
    .filter(({ kind, metadata }) => kind === 'RoleBinding' && metadata.name === 'traefik')
    .map(({ metadata }) => metadata.namespace);
  expect(bound.sort()).toEqual(namespaces);
});

it('dev follows main; prod waits for a person', () => {
  const policy = (name: string) => find(manifests, 'Application', name).spec.syncPolicy;
  expect(policy('todo-dev').automated).toEqual({ prune: true, selfHeal: true });
  expect(policy('todo-prod').automated).toBeUndefined();
});

describe.skipIf(!hasHelm)('what an environment renders', () => {
  let charts: ChartsCopy;
  beforeAll(() => void (charts = new ChartsCopy()));
  afterAll(() => charts[Symbol.dispose]());

  it.each(environments)('%s is allowed by the project', async (environment) => {
    for (const manifest of await charts.environment(environment)) {
      expectAllowed(manifest, project('environments'), `chatbot-${environment}`);
    }
  });

  it('prod asks for more, scales by itself and has its database elsewhere', async () => {
    const prod = await charts.environment('prod');
    for (const name of ['frontend', 'backend', 'agent', 'mcp']) {
      expect(pods(prod)[name]?.spec.containers[0]?.resources).toMatchObject({
        requests: { cpu: '250m', memory: '256Mi' },
      });
      expect(find(prod, 'HorizontalPodAutoscaler', name).spec.minReplicas).toBe(2);
    }
    expect(prod.filter(({ kind }) => kind === 'StatefulSet')).toEqual([]);
    expect(find(prod, 'Service', 'frontend-service').spec).toMatchObject({ type: 'ClusterIP' });
  });
});
