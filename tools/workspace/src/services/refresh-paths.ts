import type { Tree } from '@nx/devkit';
import { isMap, parse, type Document } from 'yaml';
import { z } from 'zod';
import { DeclarationError } from './declaration.ts';
import { editYaml } from './edit-yaml.ts';
import { LIBRARY, UMBRELLA } from './umbrella.ts';

/** Annotation that says which files of a push concern an Argo CD Application; `;` between them. */
const ANNOTATION = 'argocd.argoproj.io/manifest-generate-paths';
const ROOT = 'gitops/bootstrap/root.yaml';
const LIST = 'kustomization.yaml';

const kustomization = z.looseObject({ resources: z.array(z.string()) });

/** What of a chart's folder decides no object that it makes: what helm leaves behind. */
const NOT_RENDERED = ['charts', 'Chart.lock'];

function rendered(tree: Tree, chart: string): string[] {
  return tree
    .children(`charts/${chart}`)
    .filter((name) => !NOT_RENDERED.includes(name) && !name.endsWith('.md'))
    .sort()
    .map((name) => `charts/${chart}/${name}`);
}

/** Environments: the folders under `gitops/environments`. */
export function environments(tree: Tree): string[] {
  return tree.children('gitops/environments').sort();
}

/**
 * Writes for every environment which files its Application is rendered from, so that no other push,
 * such as one of documents, makes Argo CD look at it.
 * @param charts those that the umbrella installs
 */
export async function syncRefreshPaths(tree: Tree, charts: string[]): Promise<void> {
  const ofCharts = [UMBRELLA, LIBRARY, ...charts].flatMap((chart) => rendered(tree, chart));
  for (const environment of environments(tree)) {
    const folder = `gitops/environments/${environment}`;
    await editYaml(tree, `${folder}/application.yaml`, (document) => {
      annotate(document, [...ofCharts, `${folder}/values.yaml`, `${folder}/images.yaml`]);
    });
  }
  const files = brought(tree);
  await editYaml(tree, ROOT, (document) => {
    annotate(
      document,
      [LIST, ...files].map((file) => `gitops/${file}`),
    );
  });
}

/** The files that the root Application brings, below `gitops`. */
function brought(tree: Tree): string[] {
  const list: unknown = parse(tree.read(`gitops/${LIST}`, 'utf8') ?? '');
  const { success, data } = kustomization.safeParse(list);
  if (success) return data.resources;
  throw new DeclarationError(`gitops/${LIST} must list files under "resources".`);
}

function annotate(document: Document, paths: string[]): void {
  const text = paths.map((path) => `/${path}`).join(';');
  const at = ['metadata', 'annotations', ANNOTATION];
  if (!isMap(document.getIn(at.slice(0, 2)))) document.setIn(at.slice(0, 2), {});
  if (document.getIn(at) !== text) document.setIn(at, text);
}
