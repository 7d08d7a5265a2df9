import type { Tree } from '@nx/devkit';
import {
  isMap,
  isScalar,
  isSeq,
  Pair,
  parseDocument,
  YAMLMap,
  YAMLSeq,
  type Document,
  type Node,
} from 'yaml';
import { addresses } from './addresses.ts';
import { configFile, configurable, isSecret, type Variable } from './config-variables.ts';
import { DeclarationError, isRunning, isServed, type Declarations } from './declaration.ts';
import { editYaml } from './edit-yaml.ts';
import { arrowsIn, arrowsOut, arrowsToDatabase, isByHand, type Arrow } from './network.ts';

export const valuesFile = (chart: string): string => `charts/${chart}/values.yaml`;

/** What stands in the values of a chart that the ingress sends requests to. */
const INGRESS = `# global.ingress wins.
ingress:
  enabled: false
  className: traefik
  hosts: [todo.local, todo.localhost]
  path: /
  # Secret with the certificate; without one the ingress controller's own is used for HTTPS.
  tlsSecret: ''
`;

/**
 * Brings the derived keys of an app's chart up to date: replicas, port, image, Service, ingress path,
 * the addresses and Secrets in its environment, and the arrows of its network policy. Other keys, and
 * what is written by hand beside the derived entries, stay.
 * @throws DeclarationError when the app needs a variable that nobody gives a value
 */
export async function syncChartValues(
  tree: Tree,
  declarations: Declarations,
  app: string,
  variables: Variable[],
): Promise<void> {
  const service = declarations.get(app);
  if (!service) return;
  const given = addresses(declarations, app, variables);
  await editYaml(tree, valuesFile(app), (document) => {
    set(document, ['image', 'repository'], `todo/${app}`);
    if (isRunning(service)) {
      set(document, ['replicas'], service.replicas);
      set(document, ['port'], service.port);
    }
    if (isServed(service)) {
      set(document, ['service', 'type'], service.nodePort ? 'NodePort' : 'ClusterIP');
      set(document, ['service', 'nodePort'], service.nodePort ?? null);
    } else document.delete('service');
    const path = isServed(service) ? service.public : undefined;
    if (!path) document.delete('ingress');
    else {
      if (!document.has('ingress')) append(document, INGRESS);
      set(document, ['ingress', 'path'], path);
    }
    syncConfig(document, app, variables, given);
    syncSecrets(document, variables);
    syncArrows(document, ['network', 'from'], arrowsIn(declarations, app));
    syncArrows(document, ['network', 'to'], arrowsOut(declarations, app));
  });
}

/** Opens the database's chart to the apps that declare it. */
export async function syncDatabaseValues(tree: Tree, declarations: Declarations): Promise<void> {
  await editYaml(tree, valuesFile('postgres'), (document) => {
    syncArrows(document, ['network', 'from'], arrowsToDatabase(declarations));
  });
}

function syncConfig(
  document: Document,
  app: string,
  variables: Variable[],
  given: Record<string, string>,
): void {
  const known = configurable(variables);
  const config = mapAt(document, 'config');
  const byHand = config.items.filter(
    (pair) => known.some(({ name }) => name === keyOf(pair)) && !(keyOf(pair) in given),
  );
  const missing = known.find(
    ({ name, required }) =>
      required && !(name in given) && !byHand.some((pair) => keyOf(pair) === name),
  );
  if (missing) {
    throw new DeclarationError(
      `${valuesFile(app)}: config.${missing.name} is missing; ${configFile(app)} requires it (${missing.description}).`,
    );
  }
  replaceItems(config, [
    ...Object.entries(given).map(([name, value]) => kept(document, config, name, value)),
    ...byHand,
  ]);
}

function syncSecrets(document: Document, variables: Variable[]): void {
  const secrets = mapAt(document, 'secrets');
  replaceItems(
    secrets,
    variables.filter(isSecret).map(({ name, secret, required }) => {
      const { key } = (secrets.get(name) as YAMLMap | undefined)?.toJSON() ?? {};
      return kept(document, secrets, name, {
        name: secret,
        ...(key !== undefined && { key: key as string }),
        ...(!required && { optional: true }),
      });
    }),
  );
}

function syncArrows(document: Document, path: string[], arrows: Arrow[]): void {
  const list = document.getIn(path);
  if (!isSeq<Node>(list)) {
    document.setIn(path, new YAMLSeq());
    return syncArrows(document, path, arrows);
  }
  // The comment above a list is that of its first entry.
  const first = list.items[0];
  if (first && list.commentBefore) {
    first.commentBefore = list.commentBefore;
    list.commentBefore = null;
  }
  const comments = new Set(arrows.map(({ comment }) => comment).filter(Boolean));
  const derived = arrows.map(({ peer, comment }) => {
    const found = list.items.find((item) => same(item.toJS(document), peer));
    const node = found ?? (document.createNode(peer) as Node);
    if (comment) node.commentBefore = comment;
    else if (comments.has(node.commentBefore ?? '')) node.commentBefore = null;
    return node;
  });
  const byHand = list.items.filter((item) => isMap(item) && isByHand(item.toJS(document)));
  list.items = [...derived, ...byHand];
  list.flow = list.items.length === 0;
}

/** The pair of a map as it stands, comments included, when it says this already; else a new one. */
function kept(document: Document, map: YAMLMap, name: string, value: unknown): Pair {
  const found = map.items.find((pair) => keyOf(pair) === name);
  const isSame = found && same((found.value as Node).toJS(document), value);
  return isSame ? found : document.createPair(name, value);
}

function replaceItems(map: YAMLMap, items: Pair[]): void {
  map.items = items;
  map.flow = items.length === 0;
}

function mapAt(document: Document, key: string): YAMLMap {
  const found = document.get(key);
  if (isMap(found)) return found;
  const map = new YAMLMap();
  document.set(key, map);
  return map;
}

/** Adds an entry to the end of a document, with the comment and the blank line above it. */
function append(document: Document, text: string): void {
  // Of the first entry of a document the parser says less.
  const pair = (parseDocument(`first: entry\n\n${text}`).contents as YAMLMap).items[1];
  if (pair && isMap(document.contents)) document.contents.items.push(pair);
}

function set(document: Document, path: string[], value: unknown): void {
  if (document.getIn(path) !== value) document.setIn(path, value);
}

const keyOf = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
