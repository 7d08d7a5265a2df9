import type { Tree } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { declare, edit, repositoryTree, textsOf } from '../testing/repository-tree.ts';
import { DeclarationError } from './declaration.ts';
import { syncServices } from './sync-services.ts';

const shipped = repositoryTree();
const committed = (file: string) => shipped.read(file, 'utf8') ?? undefined;
const sync = (tree: Tree) => syncServices(tree, committed);

describe('nx sync', () => {
  it('keeps what is written by hand beside what is derived', async () => {
    const tree = repositoryTree();
    edit(tree, 'charts/agent/values.yaml', (text) =>
      text
        .replace('  LOG_LEVEL: info\n', '  # Louder.\n  LOG_LEVEL: debug\n  OPENAI_MODEL: other\n')
        .replace(
          '  to:\n',
          '  to:\n    # The model on the desk.\n    - { cidr: 192.168.1.10/32, port: 11434 }\n',
        )
        .replace('  from:\n', '  from:\n    - namespace: bastion\n')
        .replace('    name: api-keys\n', '    name: api-keys\n    key: GROQ_API_KEY\n'),
    );
    await sync(tree);
    const text = tree.read('charts/agent/values.yaml', 'utf8');
    expect(text).toContain('  # Louder.\n  LOG_LEVEL: debug\n  OPENAI_MODEL: other\n');
    expect(text).toContain(
      '    # The model on the desk.\n    - { cidr: 192.168.1.10/32, port: 11434 }',
    );
    expect(text).toContain('    - namespace: bastion\n');
    expect(text).toContain('key: GROQ_API_KEY');
    const first = textsOf(tree);
    await sync(tree);
    expect(textsOf(tree)).toEqual(first);
  });

  it('follows a changed declaration, and back', async () => {
    const tree = repositoryTree();
    const before = textsOf(tree);
    declare(tree, 'mcp', { port: 18010, replicas: 3, public: '/mcp', nodePort: 32010 });
    await sync(tree);
    expect(tree.read('charts/mcp/values.yaml', 'utf8')).toMatch(
      /replicas: 3\n[^]*port: 18010\n[^]*type: NodePort\n {2}nodePort: 32010\n[^]*anywhere: true\n[^]*path: \/mcp\n/,
    );
    expect(tree.read('charts/agent/values.yaml', 'utf8')).toMatch(
      /MCP_URL: http:\/\/mcp-service:18010\/mcp\n[^]*- app: mcp\n {6}port: 18010\n/,
    );
    expect(tree.exists('charts/mcp/templates/ingress.yaml')).toBe(true);
    expect(tree.read('charts/mcp/values.schema.json', 'utf8')).toContain('"ingress"');
    tree.write('apps/mcp/package.json', before.get('apps/mcp/package.json') ?? '');
    await sync(tree);
    expect(textsOf(tree)).toEqual(before);
  });

  it('brings a new variable of an app into the schema and the reference', async () => {
    const tree = repositoryTree();
    edit(tree, 'apps/backend/src/config.ts', (text) =>
      text.replace(
        '  TOKEN_ISSUER:',
        "  TONE: z.enum(['dry', 'warm']).default('dry').describe('How it speaks'),\n  TOKEN_ISSUER:",
      ),
    );
    await sync(tree);
    const schema = JSON.parse(tree.read('charts/backend/values.schema.json', 'utf8') ?? '');
    expect(schema.properties.config.properties.TONE).toEqual({
      description: 'How it speaks',
      type: 'string',
      enum: ['dry', 'warm'],
    });
    expect(tree.read('docs/configuration.md', 'utf8')).toMatch(/`TONE` +\| `dry` .*How it speaks/);
  });

  it('gives a new app a tag that is not shipped in every environment', async () => {
    const tree = repositoryTree();
    tree.write('gitops/environments/dev/images.yaml', '{}\n');
    await syncServices(tree, () => undefined);
    expect(tree.read('gitops/environments/dev/images.yaml', 'utf8')).toContain(
      'agent:\n  image:\n    tag: "0000000000"\n',
    );
  });
});

describe('nx sync refuses', () => {
  it.each([
    [
      'a call whose address the app does not read',
      (tree: Tree) => declare(tree, 'frontend', { calls: ['backend', 'agent'] }),
      'apps/frontend/src/config.ts: configSchema has no AGENT_URL',
    ],
    [
      'an address of a service that is not called',
      (tree: Tree) => declare(tree, 'agent', { calls: [] }),
      'apps/agent/src/config.ts reads MCP_URL, but apps/agent/package.json does not declare "calls": ["mcp"]',
    ],
    [
      'keys of tokens that are not verified',
      (tree: Tree) => declare(tree, 'mcp', { verifiesTokens: false }),
      'reads JWKS_URL, but apps/mcp/package.json does not declare "verifiesTokens": true',
    ],
    [
      'a database that is not declared',
      (tree: Tree) => declare(tree, 'mcp', { database: false }),
      'does not declare "database": true',
    ],
    [
      'a database that is not read',
      (tree: Tree) => declare(tree, 'frontend', { database: true }),
      'configSchema has no DATABASE_URL or DATABASE_URL_DIRECT',
    ],
    [
      'a required variable without a value',
      (tree: Tree) =>
        edit(tree, 'apps/mcp/src/config.ts', (text) =>
          text.replace('  TOKEN_ISSUER', "  REGION: z.string().describe('Where'),\n  TOKEN_ISSUER"),
        ),
      'charts/mcp/values.yaml: config.REGION is missing; apps/mcp/src/config.ts requires it (Where).',
    ],
    [
      'an app without a chart',
      (tree: Tree) => tree.delete('charts/mcp'),
      'charts/mcp/Chart.yaml is missing',
    ],
    [
      'a chart without an app',
      (tree: Tree) => tree.write('charts/stray/Chart.yaml', 'name: stray\n'),
      'charts/stray belongs to no app',
    ],
    [
      'an app without a schema',
      (tree: Tree) => tree.write('apps/mcp/src/config.ts', 'export {};\n'),
      'apps/mcp/src/config.ts does not export "configSchema"',
    ],
    [
      'a variable that an environment sets and no app reads',
      (tree: Tree) =>
        tree.write(
          'gitops/environments/prod/values.yaml',
          'backend:\n  config:\n    LOGLEVEL: debug\n',
        ),
      'gitops/environments/prod/values.yaml: backend.config.LOGLEVEL: apps/backend/src/config.ts does not read it from there. There is: LOG_LEVEL, ',
    ],
    [
      'a secret that an environment would put into a ConfigMap',
      (tree: Tree) =>
        tree.write('gitops/environments/dev/values.yaml', 'mcp: {config: {DATABASE_URL: x}}\n'),
      'gitops/environments/dev/values.yaml: mcp.config.DATABASE_URL: apps/mcp/src/config.ts',
    ],
    [
      'what an environment says of a service that there is not',
      (tree: Tree) => tree.write('gitops/environments/dev/values.yaml', 'backnd: {replicas: 3}\n'),
      'gitops/environments/dev/values.yaml: "backnd" is no chart of the umbrella.',
    ],
    [
      'values that are not YAML',
      (tree: Tree) => tree.write('charts/mcp/values.yaml', 'a: ['),
      'charts/mcp/values.yaml is not YAML',
    ],
  ])('%s', async (_, mistake, message) => {
    const tree = repositoryTree();
    mistake(tree);
    const result = sync(tree);
    await expect(result).rejects.toThrow(DeclarationError);
    await expect(result).rejects.toThrow(message);
  });
});
