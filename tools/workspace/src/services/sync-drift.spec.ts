import type { Tree } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { edit, repositoryTree, textsOf } from '../testing/repository-tree.ts';
import { syncServices } from './sync-services.ts';

const shipped = repositoryTree();
const committed = (file: string) => shipped.read(file, 'utf8') ?? undefined;
const sync = (tree: Tree) => syncServices(tree, committed);

const without = (part: string) => (text: string) => text.replace(part, '');

describe('nx sync', () => {
  it('finds this repository as it would write it', async () => {
    const tree = repositoryTree();
    const before = textsOf(tree);
    await sync(tree);
    expect(textsOf(tree)).toEqual(before);
  });

  it.each([
    [
      'a deleted dependency of the umbrella',
      'charts/todo-chatbot/Chart.yaml',
      (text: string) => text.replace(/ {2}- name: backend\n(?: {4}.*\n)+/, ''),
    ],
    [
      'a deleted image',
      'gitops/environments/dev/images.yaml',
      (text: string) => text.replace(/backend:\n {2}image:\n {4}tag: .*\n/, ''),
    ],
    [
      'the first image deleted',
      'gitops/environments/prod/images.yaml',
      (text: string) => text.replace(/agent:\n {2}image:\n {4}tag: .*\n/, ''),
    ],
    [
      'an image of no app',
      'gitops/environments/dev/images.yaml',
      (text: string) => `${text}stranger:\n  image:\n    tag: "1"\n`,
    ],
    [
      'an edited schema',
      'charts/backend/values.schema.json',
      without('"additionalProperties": false'),
    ],
    [
      'an edited schema of the umbrella',
      'charts/todo-chatbot/values.schema.json',
      without('    "agent": { "type": "object", "properties": {}, "additionalProperties": {} },\n'),
    ],
    ['a missing arrow in', 'charts/agent/values.yaml', without('    - app: backend\n')],
    [
      'a missing arrow out',
      'charts/mcp/values.yaml',
      without('    # The token keys (JWKS).\n    - app: backend\n      port: 8000\n'),
    ],
    [
      'a missing arrow that carries the comment of its group',
      'charts/backend/values.yaml',
      without('    # The token keys (JWKS).\n    - app: agent\n'),
    ],
    ['a missing arrow to the database', 'charts/postgres/values.yaml', without('    - app: mcp\n')],
    [
      'an arrow that nobody declares',
      'charts/mcp/values.yaml',
      (text: string) => text.replace('  from:\n', '  from:\n    - app: frontend\n'),
    ],
    [
      'a port that is opened to everyone',
      'charts/mcp/values.yaml',
      (text: string) => text.replace('  from:\n', '  from:\n    - anywhere: true\n'),
    ],
    [
      'edited refresh paths',
      'gitops/environments/dev/application.yaml',
      (text: string) => text.replace(/(generate-paths: ).*/, '$1/charts'),
    ],
    [
      'edited refresh paths of the root Application',
      'gitops/bootstrap/root.yaml',
      (text: string) => text.replace(/(generate-paths: ).*/, '$1/gitops'),
    ],
    [
      'an edited configuration reference',
      'docs/configuration.md',
      (text: string) => text.replace('required', 'optional'),
    ],
    [
      "an edited table in a chart's README",
      'charts/backend/README.md',
      without('ingress controller, '),
    ],
    [
      "an edited table in an app's README",
      'apps/mcp/README.md',
      (text: string) => text.replace('`DATABASE_URL`', '`DATABASE`'),
    ],
    [
      'an edited table of the charts',
      'charts/README.md',
      (text: string) => text.replace('NodePort 30000', 'NodePort 30001'),
    ],
    [
      'another address',
      'charts/frontend/values.yaml',
      (text: string) => text.replace('http://backend-service', 'http://backend'),
    ],
    [
      'a missing address',
      'charts/agent/values.yaml',
      without('  MCP_URL: http://mcp-service:8002/mcp\n'),
    ],
    [
      'a variable that the app does not know',
      'charts/mcp/values.yaml',
      (text: string) => text.replace('config:\n', 'config:\n  LOGLEVEL: debug\n'),
    ],
    [
      'a missing Secret',
      'charts/backend/values.yaml',
      without('  AUTH_SECRET:\n    name: auth-secrets\n'),
    ],
    [
      'a Secret that the app does not read',
      'charts/frontend/values.yaml',
      (text: string) => text.replace('secrets: {}', 'secrets:\n  API_KEY:\n    name: api-keys'),
    ],
    [
      'another number of replicas',
      'charts/backend/values.yaml',
      (text: string) => text.replace('replicas: 2', 'replicas: 3'),
    ],
    [
      'another port',
      'charts/agent/values.yaml',
      (text: string) => text.replace('port: 8001', 'port: 8009'),
    ],
    [
      'a missing Ingress',
      'charts/backend/values.yaml',
      (text: string) => text.slice(0, text.indexOf('\n# global.ingress wins.')),
    ],
  ])('repairs %s byte for byte', async (_, file, drift) => {
    const tree = repositoryTree();
    const before = textsOf(tree);
    edit(tree, file, drift);
    await sync(tree);
    expect(tree.read(file, 'utf8')).toBe(before.get(file));
    expect(textsOf(tree)).toEqual(before);
  });

  it('repairs a missing template', async () => {
    const tree = repositoryTree();
    const before = textsOf(tree);
    tree.delete('charts/agent/templates/pdb.yaml');
    await sync(tree);
    expect(textsOf(tree)).toEqual(before);
  });
});
