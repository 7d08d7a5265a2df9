import { join } from 'node:path';
import { generateFiles, visitNotIgnoredFiles, type Tree } from '@nx/devkit';
import { lockedVersion, type LockedManifest } from '../../lock-file.ts';
import {
  addressPath,
  addressVariable,
  isServed,
  tokenIssuer,
  type Declarations,
  type RunningDeclaration,
} from '../../services/declaration.ts';
import { formatted } from '../../services/edit-yaml.ts';

const FILES = join(import.meta.dirname, 'files');

/** A package.json of an app, as npm and Nx read it. */
export interface AppManifest extends LockedManifest {
  private: true;
  type: 'module';
  nx: { name: string; tags: string[]; metadata: { service: unknown } };
}

/**
 * Writes a new service's app and chart: everything that does not follow from its declaration.
 * @param declarations those of all services, the new one among them
 * @returns the app's package.json
 */
export async function writeServiceFiles(
  tree: Tree,
  name: string,
  service: RunningDeclaration,
  declarations: Declarations,
): Promise<AppManifest> {
  const manifest = manifestOf(tree, name, service);
  const substitutions = substitutionsOf(name, service, declarations, manifest);
  const folders = ['service', service.kind, ...(service.calls.length > 0 ? ['callee'] : [])];
  for (const folder of folders) {
    generateFiles(tree, join(FILES, folder), `apps/${name}`, substitutions);
  }
  tree.write(`apps/${name}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  generateFiles(tree, join(FILES, 'chart'), `charts/${name}`, substitutions);
  await formatFolder(tree, `apps/${name}`);
  await formatFolder(tree, `charts/${name}`);
  return manifest;
}

/** What is left out of a template leaves lines that Prettier would write otherwise. */
async function formatFolder(tree: Tree, folder: string): Promise<void> {
  const files: string[] = [];
  visitNotIgnoredFiles(tree, folder, (file) => void files.push(file));
  for (const file of files.filter((path) => /\.(json|md|ts|yaml)$/.test(path))) {
    tree.write(file, await formatted(file, tree.read(file, 'utf8') ?? ''));
  }
}

function manifestOf(tree: Tree, name: string, service: RunningDeclaration): AppManifest {
  const { kind, database } = service;
  const mcp = kind === 'mcp';
  const own = (names: string[]) => names.map((library) => [`@todo/${library}`, '0.0.0'] as const);
  const foreign = (names: string[]) =>
    names.map((library) => [library, lockedVersion(tree, library)] as const);
  const dependencies = [
    ...foreign([...(mcp ? ['@modelcontextprotocol/server'] : []), ...(mcp ? ['hono'] : []), 'zod']),
    ...own([
      ...(mcp ? ['contracts'] : []),
      ...(database ? ['database'] : []),
      ...(mcp ? ['identity'] : []),
      'service',
    ]),
  ];
  const devDependencies = [
    ...foreign(mcp ? ['@modelcontextprotocol/client'] : []),
    ...own(database ? ['embedded-postgres'] : []),
  ];
  return {
    name: `@todo/${name}`,
    version: '0.0.0',
    private: true,
    type: 'module',
    nx: { name, tags: ['type:app'], metadata: { service: withoutDefaults(service) } },
    dependencies: byName(dependencies),
    ...(devDependencies.length > 0 && { devDependencies: byName(devDependencies) }),
  };
}

const byName = (entries: (readonly [string, string])[]) =>
  Object.fromEntries(entries.sort(([one], [other]) => one.localeCompare(other, 'en')));

/** A declaration says what differs from the usual. */
function withoutDefaults({ kind, port, ...service }: RunningDeclaration) {
  const usual: Record<string, unknown> = { replicas: 1, database: false, verifiesTokens: false };
  const own = Object.entries(service).filter(
    ([key, value]) => value !== usual[key] && !(Array.isArray(value) && value.length === 0),
  );
  return { kind, port, ...Object.fromEntries(own) };
}

function substitutionsOf(
  name: string,
  service: RunningDeclaration,
  declarations: Declarations,
  { dependencies, devDependencies }: AppManifest,
) {
  const issuer = tokenIssuer(declarations);
  const callees = service.calls.map((callee) => calleeOf(callee, declarations));
  const { kind, port, replicas, database } = service;
  const answers = [...(database ? ['database'] : []), ...service.calls.map((one) => `\`${one}\``)];
  const needs = kind === 'mcp' ? [...answers, 'token keys'] : answers;
  return {
    ...{ name, kind, port, replicas, database, callees },
    publicPath: isServed(service) ? service.public : undefined,
    title: `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`,
    description: { http: 'An HTTP service.', mcp: 'An MCP server.', worker: 'A worker.' }[kind],
    readiness:
      kind === 'worker'
        ? 'the last round of work succeeded'
        : needs.length > 0
          ? `${needs.join(', ')} reachable`
          : 'not shutting down',
    jwksUrl: `http://localhost:${issuer?.port}${issuer?.tokenKeys}`,
    clusterJwksUrl: `http://${issuer?.name}-service:${issuer?.port}${issuer?.tokenKeys}`,
    references: Object.keys({ ...dependencies, ...devDependencies })
      .filter((one) => one.startsWith('@todo/'))
      .map((one) => one.replace('@todo/', ''))
      .map((one) => (one === 'embedded-postgres' ? `../../tools/${one}` : `../../libs/${one}`))
      .sort(),
  };
}

/** A service that is called, as the templates name it. */
function calleeOf(name: string, declarations: Declarations) {
  const callee = declarations.get(name);
  if (!callee || !isServed(callee)) throw new Error(`${name} cannot be called.`);
  const camel = name.replace(/-+(.)/g, (_, letter: string) => letter.toUpperCase());
  const path = addressPath(callee);
  return {
    name,
    variable: addressVariable(name),
    property: `${camel}Url`,
    key: camel === name ? name : `'${name}'`,
    localUrl: `http://localhost:${callee.port}${path}`,
    clusterUrl: `http://${name}-service:${callee.port}${path}`,
  };
}
