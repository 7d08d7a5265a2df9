import type { Tree } from '@nx/devkit';
import { OptionError } from '../../option-error.ts';

/** With what Kubernetes appends, the name of a pod stays a DNS label. */
const MAX_LENGTH = 40;

/** Names that something else in the cluster, the charts or the addresses has already. */
const RESERVED: Record<string, string> = {
  api: 'the backend answers under /api',
  argocd: 'it is a namespace of the platform',
  common: 'it is the library chart',
  data: '"npm start -- --json" says by this name where the data is',
  database: 'DATABASE_URL is the address of the database',
  default: 'it is a namespace of Kubernetes',
  gitea: 'it is a namespace of the platform',
  global: 'it is a key of the umbrella chart',
  healthz: 'it is a path of every service',
  jwks: 'JWKS_URL is the address of the token keys',
  keys: 'readiness tells by this name of the token keys',
  localhost: 'it is this machine',
  metrics: 'it is a path of every service',
  mode: '"npm start -- --json" says by this name where it runs',
  monitoring: 'it is the namespace of the metrics scraper',
  postgres: 'it is the database',
  readyz: 'it is a path of every service',
  registry: 'it is a namespace of the platform',
  source: 'it is the name of the workspace itself',
  todo: 'it is the prefix of all images',
  'todo-chatbot': 'it is the umbrella chart',
  traefik: 'it is the ingress controller',
};

/** Folders whose children must have different names. */
const FOLDERS = ['apps', 'libs', 'tools', 'charts'];

/** What builds and tests leave in a folder whose project is gone. */
const LEFTOVERS = ['dist', 'node_modules', 'out-tsc', 'test-output', '.next', '.docker'];

/**
 * Checks that a new service may have this name.
 * @throws OptionError
 */
export function checkServiceName(tree: Tree, name: string): void {
  if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name)) {
    throw new OptionError(
      `"${name}" is not a name for a service: it becomes a DNS label. Use lower-case letters, digits and dashes, a letter first, such as "reminders".`,
    );
  }
  if (name.length > MAX_LENGTH) {
    throw new OptionError(
      `"${name}" is too long for a service: ${name.length} characters, and Kubernetes appends to them. Use at most ${MAX_LENGTH}.`,
    );
  }
  const reason = Object.hasOwn(RESERVED, name) ? RESERVED[name] : undefined;
  if (reason) {
    throw new OptionError(`"${name}" is reserved: ${reason}. Choose another name.`);
  }
  const place = placeOf(tree, name);
  if (place) throw new OptionError(`"${name}" is taken by ${place}. Choose another name.`);
}

function placeOf(tree: Tree, name: string): string | undefined {
  for (const folder of FOLDERS) {
    for (const child of tree.children(folder)) {
      const path = `${folder}/${child}`;
      if (child === name && tree.children(path).some((entry) => !LEFTOVERS.includes(entry))) {
        return path;
      }
      const text = tree.isFile(`${path}/package.json`) && tree.read(`${path}/package.json`, 'utf8');
      if (!text) continue;
      const manifest = JSON.parse(text) as { name?: string; nx?: { name?: string } };
      if (manifest.name === `@todo/${name}` || manifest.nx?.name === name) return path;
    }
  }
  return undefined;
}
