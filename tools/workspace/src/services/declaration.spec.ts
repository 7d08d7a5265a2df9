import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { describe, expect, it } from 'vitest';
import { DeclarationError, readDeclarations } from './declaration.ts';

function workspace(services: Record<string, unknown>) {
  const tree = createTreeWithEmptyWorkspace();
  for (const [name, service] of Object.entries(services)) {
    const nx = { name, ...(service !== undefined && { metadata: { service } }) };
    tree.write(`apps/${name}/package.json`, JSON.stringify({ name: `@todo/${name}`, nx }));
  }
  return tree;
}
const http = (port: number, more = {}) => ({ kind: 'http', port, ...more });

describe('declarations of services', () => {
  it('are read in alphabetical order, completed, and without apps that are not deployed', () => {
    const tree = workspace({
      web: http(3000, { calls: ['api'] }),
      api: http(8000),
      e2e: undefined,
    });
    expect([...readDeclarations(tree)]).toEqual([
      [
        'api',
        {
          kind: 'http',
          port: 8000,
          replicas: 1,
          database: false,
          calls: [],
          verifiesTokens: false,
        },
      ],
      ['web', expect.objectContaining({ kind: 'http', calls: ['api'] })],
    ]);
  });

  it.each([
    ['a missing port', { api: { kind: 'http' } }, 'port: is missing; it is a number.'],
    ['a kind that does not exist', { api: { kind: 'cron' } }, "kind: .*'http' \\| 'mcp'"],
    ['a misspelt key', { api: http(8000, { call: [] }) }, ': Unrecognized key: "call".'],
    [
      'a worker that wants requests',
      { api: { kind: 'worker', port: 8000, public: '/x' } },
      ': Unrecognized key: "public".',
    ],
    [
      'a callee that does not exist',
      { api: http(8000, { calls: ['agnet'] }), agent: http(8001) },
      'calls: there is no service "agnet"; there is: agent, api.',
    ],
    ['a call to itself', { api: http(8000, { calls: ['api'] }) }, 'calls: names the app itself.'],
    [
      'a call to what does not listen',
      { api: http(8000, { calls: ['m'] }), m: { kind: 'job' } },
      'calls: "m" is a job: nothing can connect to it.',
    ],
    ['a port of another', { a: http(8000), api: http(8000) }, 'port: 8000 is taken by a;'],
    [
      'a path of another',
      { a: http(8000, { public: '/' }), api: http(8001, { public: '/' }) },
      'public: / is taken by a;',
    ],
    [
      'a node port of another',
      { a: http(8000, { nodePort: 30001 }), api: http(8001, { nodePort: 30001 }) },
      'nodePort: 30001 is taken by a;',
    ],
    [
      'tokens that nobody issues',
      { api: http(8000, { verifiesTokens: true }) },
      'verifiesTokens: no service declares tokenKeys.',
    ],
    [
      'two that issue tokens',
      { a: http(8000, { tokenKeys: '/k' }), api: http(8001, { tokenKeys: '/k' }) },
      'tokenKeys: a issues the tokens already.',
    ],
  ])('refuse %s, naming file and key', (_, services, message) => {
    const read = () => readDeclarations(workspace(services));
    expect(read).toThrow(DeclarationError);
    expect(read).toThrow(new RegExp(`^apps/api/package.json: nx.metadata.service\\.?${message}`));
  });

  it('are missed where an image is built', () => {
    const tree = workspace({ api: undefined });
    tree.write('apps/api/Dockerfile', 'FROM scratch\n');
    expect(() => readDeclarations(tree)).toThrow(/apps\/api\/package.json: .* is missing/);
  });

  it('belong to the folder that they name', () => {
    const tree = workspace({});
    tree.write(
      'apps/api/package.json',
      JSON.stringify({ nx: { name: 'other', metadata: { service: http(8000) } } }),
    );
    expect(() => readDeclarations(tree)).toThrow('nx.name is "other"; make it "api"');
  });
});
