import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { root } from '../charts.ts';

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  data?: Record<string, string>;
  // Kubernetes' own types; the tests read what they know to be there.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  spec: any;
}

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: { name: string; key: string; optional?: boolean } };
}

export interface Container {
  name: string;
  image: string;
  env?: Variable[];
  envFrom?: { configMapRef?: { name: string } }[];
  resources: unknown;
  securityContext: unknown;
  [probe: `${string}Probe`]: unknown;
}

export interface Pod {
  metadata: { labels: Record<string, string>; annotations?: Record<string, string> };
  spec: {
    containers: Container[];
    automountServiceAccountToken: boolean;
    enableServiceLinks: boolean;
    securityContext: unknown;
    volumes?: { name: string; emptyDir?: unknown }[];
    [field: string]: unknown;
  };
}

/**
 * Finds an object.
 * @throws Error that lists the objects of that kind when there is none of that name
 */
export function find(manifests: Manifest[], kind: string, name: string | RegExp): Manifest {
  const ofKind = manifests.filter((manifest) => manifest.kind === kind);
  const found = ofKind.find(({ metadata }) =>
    typeof name === 'string' ? metadata.name === name : name.test(metadata.name),
  );
  if (found) return found;
  const names = ofKind.map(({ metadata }) => metadata.name).join(', ') || 'none';
  throw new Error(`There is no ${kind} ${String(name)}. There is: ${names}.`);
}

/** "Kind/name" of objects. */
export const names = (manifests: Manifest[]): string[] =>
  manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();

/** The pod template of each workload, by the workload's name. */
export function pods(manifests: Manifest[]): Record<string, Pod> {
  return Object.fromEntries(
    manifests
      .filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job'].includes(kind))
      .map(({ metadata, spec }) => [metadata.name, (spec as { template: Pod }).template]),
  );
}

/**
 * All objects of the files below a folder of the repository, with the file each came from. A
 * Kustomization is no object: it only lists files.
 */
export function manifestsIn(folder: string): { file: string; manifest: Manifest }[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((path) =>
      parseAllDocuments(readFileSync(path, 'utf8')).map((document) => ({
        file: relative(root, path),
        manifest: document.toJS() as Manifest,
      })),
    )
    .filter(({ manifest }) => manifest?.kind !== undefined && manifest.kind !== 'Kustomization');
}
