import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { root } from '../settings.ts';
import { until } from '../until.ts';
import { ARGOCD_NAMESPACE, refreshApplication } from './argocd.ts';
import { followsSource } from './follow-source.ts';
import { applyManifests, type Cluster } from './kubernetes.ts';
import { pendingRollout } from './rollout.ts';

const FILES = ['projects.yaml', 'root.yaml'].map((file) => join(root, 'gitops/bootstrap', file));

const manifest = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    source: z.looseObject({ repoURL: z.string() }).optional(),
    sourceRepos: z.array(z.string()).optional(),
  }),
});
type Manifest = z.infer<typeof manifest>;

export interface Bootstrap {
  /** The repository that everything follows. */
  url: string;
  /** Whether the platform has a git server. */
  withGitea: boolean;
  /** Whether to wait until Argo CD reads that repository and no other. */
  wait: boolean;
}

/**
 * The manifests that start everything, following a repository. Committed files name the git server
 * inside the cluster; with another one, the root Application carries the patches that give its URL
 * to all that it brings, so that the URL follows from this one object.
 * @param texts of the files in gitops/bootstrap
 */
export function bootstrapManifests(
  texts: string[],
  { url, withGitea }: Pick<Bootstrap, 'url' | 'withGitea'>,
): Manifest[] {
  const manifests = texts
    .flatMap((text) => parseAllDocuments(text))
    .map((document) => manifest.parse(document.toJS()));
  const source = manifests.find(({ metadata }) => metadata.name === 'root')?.spec.source;
  if (!source) throw new Error('gitops/bootstrap has no root Application.');
  const patches = withGitea ? [] : [patch('Application', 'platform', EXCLUDE, WITHOUT_GITEA)];
  if (url !== source.repoURL) {
    patches.push(
      patch('Application', '.*', '/spec/source/repoURL', url),
      patch('AppProject', PROJECTS.join('|'), '/spec/sourceRepos', [url]),
    );
    for (const { metadata, spec } of manifests) {
      if (PROJECTS.includes(metadata.name)) spec.sourceRepos = [url];
    }
    source.repoURL = url;
  }
  if (patches.length > 0) source['kustomize'] = { patches };
  return manifests;
}

/** The projects that may read the repository. */
const PROJECTS = ['platform', 'environments'];
const EXCLUDE = '/spec/source/directory/exclude';
const WITHOUT_GITEA = '{application.yaml,gitea/*}';

function patch(kind: string, name: string, path: string, value: unknown) {
  return { target: { kind, name }, patch: JSON.stringify([{ op: 'replace', path, value }]) };
}

/**
 * Gives Argo CD its projects and its first Application; everything else it finds in git.
 * @throws UserError when Argo CD does not start, or cannot read the repository
 */
export async function bootstrapApplications(
  cluster: Cluster,
  { url, withGitea, wait }: Bootstrap,
  seconds: number,
  onPending: (text: string) => void,
): Promise<void> {
  await until(
    async () => {
      const { items } = await cluster.apps.listNamespacedDeployment({
        namespace: ARGOCD_NAMESPACE,
      });
      return items.map(pendingRollout).find((reason) => reason !== undefined) ?? true;
    },
    {
      what: 'Argo CD',
      seconds,
      onPending,
      hint: `Look at "kubectl -n ${ARGOCD_NAMESPACE} get pods".`,
    },
  );
  const texts = await Promise.all(FILES.map((file) => readFile(file, 'utf8')));
  const manifests = bootstrapManifests(texts, { url, withGitea });
  await applyManifests(
    cluster.context,
    manifests.map((one) => JSON.stringify(one)).join('\n---\n'),
  );
  if (!wait) return;
  await refreshApplication(cluster, 'root');
  const began = performance.now();
  await until(() => followsSource(cluster, url, (performance.now() - began) / 1000), {
    what: `Argo CD to follow ${url}`,
    seconds,
    onPending,
    hint: `Look at "kubectl -n ${ARGOCD_NAMESPACE} describe application root".`,
  });
}
