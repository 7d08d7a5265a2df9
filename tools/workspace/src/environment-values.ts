import type { Tree } from '@nx/devkit';
import { isRunning, isServed, type ServiceDeclaration } from './services/declaration.ts';

const ENVIRONMENTS = 'gitops/environments';

/** Hand-written values files, one per environment. */
function valuesFiles(tree: Tree): string[] {
  return tree
    .children(ENVIRONMENTS)
    .map((environment) => `${ENVIRONMENTS}/${environment}/values.yaml`)
    .filter((file) => tree.exists(file));
}

/**
 * Begins a service's entry in the values of every environment: what all services get there by
 * anchors (prod's resources and autoscaling), elsewhere more to read in its logs.
 */
export function addEnvironmentValues(tree: Tree, name: string, service: ServiceDeclaration): void {
  for (const file of valuesFiles(tree)) {
    const text = tree.read(file, 'utf8') ?? '';
    if (blockOf(text, name)) continue;
    tree.write(file, `${text}\n${name}:\n${entry(text, service)}`);
  }
}

/** Takes a service's entry, whatever became of it, out of the values of every environment. */
export function removeEnvironmentValues(tree: Tree, name: string): void {
  for (const file of valuesFiles(tree)) {
    const text = tree.read(file, 'utf8') ?? '';
    const block = blockOf(text, name);
    if (block) tree.write(file, text.slice(0, block.start) + text.slice(block.end));
  }
}

function entry(text: string, service: ServiceDeclaration): string {
  const has = (anchor: string) => new RegExp(`^\\s+\\w+: &${anchor}$`, 'm').test(text);
  const lines = [
    ...(isRunning(service) && has('resources') ? ['resources: *resources'] : []),
    ...(isServed(service) && has('fromTwo') ? ['autoscaling: *fromTwo'] : []),
  ];
  const own = lines.length > 0 ? lines : ['config:', '  LOG_LEVEL: debug'];
  return own.map((line) => `  ${line}\n`).join('');
}

/**
 * Where a top-level entry stands in the text of a YAML file: from the blank line before it to the
 * end of its last line. A cut, unlike writing the parsed file again, leaves every other byte alone.
 */
function blockOf(text: string, name: string): { start: number; end: number } | undefined {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.startsWith(`${name}:`));
  if (first < 0) return undefined;
  let last = first;
  for (let index = first + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^[ \t]/.test(line)) last = index;
    else if (line !== '') break;
  }
  const from = lines[first - 1] === '' ? first - 1 : first;
  const lengthOf = (until: number) =>
    lines.slice(0, until).reduce((length, line) => length + line.length + 1, 0);
  return { start: lengthOf(from), end: lengthOf(last + 1) };
}
