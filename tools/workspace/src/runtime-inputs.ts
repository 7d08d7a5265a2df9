import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';

const SCOPE = '@todo/';

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  nx?: { name?: string };
}

/**
 * What decides the content of an app's bundle and image: its own sources, those of the libraries
 * that it depends on at run time, and the npm packages that any of them depends on. Dependencies of
 * tests (`devDependencies`) are left out, so that a changed test helper rebuilds no image.
 * @param root the app's folder, relative to the workspace
 * @param manifests paths of all package.json files that may be depended on
 */
export function runtimeInputs(
  root: string,
  manifests: readonly string[],
  workspaceRoot: string,
): NonNullable<TargetConfiguration['inputs']> {
  const byName = new Map<string, Manifest>();
  for (const path of manifests) {
    const manifest = JSON.parse(readFileSync(join(workspaceRoot, path), 'utf8')) as Manifest;
    byName.set(manifest.name, manifest);
  }
  const libraries = new Set<string>();
  const packages = new Set<string>();
  const visit = (manifest: Manifest): void => {
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      const library = byName.get(name);
      if (!name.startsWith(SCOPE) || !library) packages.add(name);
      else if (!libraries.has(name)) {
        libraries.add(name);
        visit(library);
      }
    }
  };
  visit(JSON.parse(readFileSync(join(workspaceRoot, root, 'package.json'), 'utf8')) as Manifest);
  const projects = [...libraries].map((name) => byName.get(name)?.nx?.name ?? name).sort();
  return [
    'production',
    // What the package.json says to Nx, such as the replicas of a service, is in no image.
    '!{projectRoot}/package.json',
    { json: '{projectRoot}/package.json', excludeFields: ['nx'] },
    ...(projects.length > 0 ? [{ input: 'production', projects }] : []),
    { externalDependencies: [...packages].sort() },
  ];
}
