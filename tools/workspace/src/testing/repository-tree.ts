import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import removeServiceGenerator from '../generators/remove-service/generator.ts';
import { repository } from '../services/config-variables.ts';
import { readDeclarations } from '../services/declaration.ts';

/** What a service is made of, and what follows from it. */
const PARTS = [
  /^apps\/[^/]+\/(package\.json|Dockerfile|README\.md|src\/config\.ts)$/,
  /^(libs|tools)\/[^/]+\/package\.json$/,
  /^charts\/(?![^/]+\/(charts\/|Chart\.lock))/,
  /^gitops\//,
  /^docs\/configuration\.md$/,
];
const FOLDERS = ['apps', 'libs', 'tools', 'charts', 'gitops', 'docs'];
const FILES = ['package-lock.json', 'tsconfig.json'];
const SKIPPED = ['node_modules', 'dist', '.next', 'out-tsc', 'test-output'];

/** What this repository ships. Whoever adds a service does not want these tests to fail. */
const SHIPPED = ['agent', 'backend', 'frontend', 'mcp', 'migrations'];
const shipped = await withoutAdded(treeOnDisk());

/**
 * A virtual tree with this repository's own services, charts and environments. What was added with the
 * generator `service` is taken away again by its inverse.
 */
export function repositoryTree(): Tree {
  const tree = createTreeWithEmptyWorkspace();
  for (const [path, text] of shipped) tree.write(path, text);
  return tree;
}

async function withoutAdded(tree: Tree): Promise<Map<string, string>> {
  for (;;) {
    const declarations = readDeclarations(tree);
    const called = new Set([...declarations.values()].flatMap(({ calls }) => calls));
    const added = [...declarations.keys()].find(
      (name) => !SHIPPED.includes(name) && !called.has(name),
    );
    if (added === undefined) return textsOf(tree);
    await removeServiceGenerator(tree, { name: added });
  }
}

function treeOnDisk(): Tree {
  const tree = createTreeWithEmptyWorkspace();
  const copy = (folder: string): void => {
    for (const entry of readdirSync(join(repository, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED.includes(entry.name)) copy(path);
      } else if (PARTS.some((part) => part.test(path))) {
        tree.write(path, readFileSync(join(repository, path)));
      }
    }
  };
  FOLDERS.forEach(copy);
  for (const file of FILES) tree.write(file, readFileSync(join(repository, file)));
  return tree;
}

/** The text of every file of a tree, by path. */
export function textsOf(tree: Tree): Map<string, string> {
  return new Map(
    tree
      .listChanges()
      .filter(({ type }) => type !== 'DELETE')
      .map(({ path, content }): [string, string] => [path, content?.toString('utf8') ?? ''])
      .sort(([one], [other]) => one.localeCompare(other)),
  );
}

/**
 * Changes the text of a file.
 * @throws Error when it would be the same
 */
export function edit(tree: Tree, file: string, change: (text: string) => string): void {
  const before = tree.read(file, 'utf8') ?? '';
  const after = change(before);
  if (after === before) throw new Error(`The edit does not change ${file}.`);
  tree.write(file, after);
}

/** Changes what an app declares of itself. */
export function declare(tree: Tree, app: string, change: Record<string, unknown>): void {
  edit(tree, `apps/${app}/package.json`, (text) => {
    const manifest = JSON.parse(text) as { nx: { metadata: { service: object } } };
    manifest.nx.metadata.service = { ...manifest.nx.metadata.service, ...change };
    return JSON.stringify(manifest);
  });
}
