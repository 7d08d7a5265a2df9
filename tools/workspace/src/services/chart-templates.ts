import type { Tree } from '@nx/devkit';
import { isServed, type ServiceDeclaration } from './declaration.ts';

/** Every template is one line: the library chart does the work. */
const include = (name: string): string => `{{ include "common.${name}" . }}\n`;

const EVERY_APP = ['networkpolicy', 'serviceaccount'];
const RUNNING = ['configmap', 'deployment', 'hpa', 'pdb', ...EVERY_APP];

/** Kinds of objects that the chart of such an app makes. */
function kinds(service: ServiceDeclaration): string[] {
  if (service.kind === 'job') return ['job', ...EVERY_APP];
  if (!isServed(service)) return RUNNING;
  return [...RUNNING, 'service', ...(service.public ? ['ingress'] : [])];
}

/**
 * Writes the templates of an app's chart, one line each, and takes away those that its declaration
 * does not ask for. A template that says more than that one line is the chart's own and stays.
 */
export function syncTemplates(tree: Tree, app: string, service: ServiceDeclaration): void {
  const folder = `charts/${app}/templates`;
  const wanted = kinds(service);
  for (const kind of [...RUNNING, 'job', 'service', 'ingress']) {
    const file = `${folder}/${kind}.yaml`;
    if (wanted.includes(kind)) {
      if (!tree.exists(file)) tree.write(file, include(kind));
    } else if (tree.read(file, 'utf8') === include(kind)) tree.delete(file);
  }
  if (!tree.exists(`${folder}/NOTES.txt`)) tree.write(`${folder}/NOTES.txt`, include('notes'));
}
