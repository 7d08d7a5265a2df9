import type { Tree } from '@nx/devkit';
import { isMap, type Document } from 'yaml';
import { DeclarationError } from './declaration.ts';
import { editYaml } from './edit-yaml.ts';
import { LIBRARY, UMBRELLA } from './umbrella.ts';

/** Annotation that says which files of a push concern an Argo CD Application; `;` between them. */
const ANNOTATION = 'argocd.argoproj.io/manifest-generate-paths';
const ROOT = 'gitops/bootstrap/root.yaml';

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
  await editYaml(tree, ROOT, (document) => {
    const include = document.getIn(['spec', 'source', 'directory', 'include']);
    const files = /^\{(.*)\}$/.exec(String(include))?.[1]?.split(',');
    if (!files) {
      throw new DeclarationError(
        `${ROOT}: spec.source.directory.include must list files, such as "{a.yaml,b.yaml}".`,
      );
    }
    annotate(
      document,
      files.map((file) => `gitops/${file}`),
    );
  });
}

function annotate(document: Document, paths: string[]): void {
  const text = paths.map((path) => `/${path}`).join(';');
  const at = ['metadata', 'annotations', ANNOTATION];
  if (!isMap(document.getIn(at.slice(0, 2)))) document.setIn(at.slice(0, 2), {});
  if (document.getIn(at) !== text) document.setIn(at, text);
}
