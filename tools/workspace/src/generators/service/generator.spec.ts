import type { Tree } from '@nx/devkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { OptionError } from '../../option-error.ts';
import { readDeclarations } from '../../services/declaration.ts';
import { repositoryTree, textsOf } from '../../testing/repository-tree.ts';
import removeServiceGenerator from '../remove-service/generator.ts';
import serviceGenerator from './generator.ts';
import type { ServiceGeneratorSchema } from './schema.d.ts';

let tree: Tree;
let before: Map<string, string>;
beforeEach(() => {
  tree = repositoryTree();
  before = textsOf(tree);
});

/** Paths of the files that are new, and of those that changed. */
function changes() {
  const after = textsOf(tree);
  return {
    made: [...after.keys()].filter((path) => !before.has(path)),
    changed: [...before].filter(([path, text]) => after.get(path) !== text).map(([path]) => path),
  };
}
const text = (path: string) => tree.read(path, 'utf8') ?? '';

describe('nx g @todo/workspace:service', () => {
  it('makes app and chart, and a place for them everywhere', async () => {
    await serviceGenerator(tree, { name: 'reminders', calls: 'backend', public: true });
    const { made, changed } = changes();
    expect(made.filter((path) => path.startsWith('apps/'))).toEqual([
      'apps/reminders/.dockerignore',
      'apps/reminders/Dockerfile',
      'apps/reminders/package.json',
      'apps/reminders/README.md',
      'apps/reminders/src/app.spec.ts',
      'apps/reminders/src/app.ts',
      'apps/reminders/src/config.ts',
      'apps/reminders/src/main.ts',
      'apps/reminders/src/status-of.spec.ts',
      'apps/reminders/src/status-of.ts',
      'apps/reminders/src/testing/callee.ts',
      'apps/reminders/tsconfig.json',
      'apps/reminders/vitest.config.ts',
    ]);
    expect(made).toEqual(
      expect.arrayContaining([
        'charts/reminders/Chart.yaml',
        'charts/reminders/README.md',
        'charts/reminders/templates/ingress.yaml',
        'charts/reminders/templates/service.yaml',
        'charts/reminders/values.schema.json',
        'charts/reminders/values.yaml',
      ]),
    );
    expect(changed).toEqual([
      'charts/backend/README.md',
      'charts/backend/values.yaml',
      'charts/README.md',
      'charts/todo-chatbot/Chart.yaml',
      'charts/todo-chatbot/values.schema.json',
      'docs/configuration.md',
      'gitops/environments/dev/application.yaml',
      'gitops/environments/dev/images.yaml',
      'gitops/environments/dev/values.yaml',
      'gitops/environments/prod/application.yaml',
      'gitops/environments/prod/images.yaml',
      'gitops/environments/prod/values.yaml',
      'package-lock.json',
      'tsconfig.json',
    ]);
    expect(readDeclarations(tree).get('reminders')).toMatchObject({
      kind: 'http',
      port: 8003,
      replicas: 1,
      database: false,
      calls: ['backend'],
      public: '/reminders',
    });
    expect(text('charts/backend/values.yaml')).toContain('- app: reminders\n');
    expect(text('gitops/environments/dev/values.yaml')).toMatch(
      /\n\nreminders:\n {2}config:\n {4}LOG_LEVEL: debug\n$/,
    );
    expect(text('gitops/environments/prod/values.yaml')).toMatch(
      /\n\nreminders:\n {2}resources: \*resources\n {2}autoscaling: \*fromTwo\n$/,
    );
  });

  it.each<[string, ServiceGeneratorSchema]>([
    ['http', { name: 'reminders', calls: ['agent', 'backend'], public: true, database: true }],
    ['mcp', { name: 'weather-mcp', kind: 'mcp', calls: 'backend', public: true, replicas: 3 }],
    ['worker', { name: 'digest', kind: 'worker', database: true, port: 9000 }],
  ])(
    'changes nothing when it runs twice (%s), and its inverse takes all back',
    async (_, options) => {
      await serviceGenerator(tree, options);
      const first = textsOf(tree);
      await serviceGenerator(tree, options);
      expect(textsOf(tree)).toEqual(first);
      await removeServiceGenerator(tree, { name: options.name });
      expect(textsOf(tree)).toEqual(before);
    },
  );

  it('makes three that call each other, which go in any order that leaves no caller', async () => {
    await serviceGenerator(tree, { name: 'weather', kind: 'mcp' });
    await serviceGenerator(tree, { name: 'reminders', calls: 'weather,backend', public: true });
    await serviceGenerator(tree, { name: 'digest', kind: 'worker', calls: 'reminders' });
    expect(text('charts/digest/values.yaml')).toContain(
      'REMINDERS_URL: http://reminders-service:8004',
    );
    expect(text('charts/reminders/values.yaml')).toContain(
      'WEATHER_URL: http://weather-service:8003/mcp',
    );
    expect(tree.exists('charts/digest/templates/service.yaml')).toBe(false);
    await removeServiceGenerator(tree, { name: 'digest' });
    await removeServiceGenerator(tree, { name: 'reminders' });
    await removeServiceGenerator(tree, { name: 'weather' });
    expect(textsOf(tree)).toEqual(before);
  });

  it('takes the next free port', async () => {
    await serviceGenerator(tree, { name: 'one', port: 8004 });
    await serviceGenerator(tree, { name: 'two', port: '' });
    await serviceGenerator(tree, { name: 'three' });
    const declarations = readDeclarations(tree);
    expect(['one', 'two', 'three'].map((name) => declarations.get(name))).toMatchObject([
      { port: 8004 },
      { port: 8003 },
      { port: 8005 },
    ]);
  });

  it('writes package-lock.json in the order of npm', async () => {
    await serviceGenerator(tree, { name: 'weather', kind: 'mcp', database: true });
    const { packages } = JSON.parse(text('package-lock.json')) as { packages: object };
    const paths = Object.keys(packages);
    expect(paths).toEqual(paths.toSorted((one, other) => one.localeCompare(other, 'en')));
    expect(packages).toMatchObject({
      'apps/weather': { name: '@todo/weather', dependencies: { hono: expect.any(String) } },
      'node_modules/@todo/weather': { resolved: 'apps/weather', link: true },
    });
  });

  it('says how an existing service differs from what is asked for', async () => {
    await serviceGenerator(tree, { name: 'reminders', calls: 'backend' });
    const first = textsOf(tree);
    const other = { name: 'reminders', port: 8010, calls: '', public: true };
    await expect(serviceGenerator(tree, other)).rejects.toThrow(
      /"reminders" already.*port 8003, asked for 8010; calls backend, asked for none; public none, asked for \/reminders\..*npx nx sync/,
    );
    expect(textsOf(tree)).toEqual(first);
  });
});

describe('one clear error, and an unchanged tree, for', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['no name', { name: undefined }, /^--name must be given/],
    ['capitals', { name: 'Reminders' }, /^"Reminders" is not a name .* DNS label/],
    ['an underscore', { name: 'my_service' }, /^"my_service" is not a name/],
    ['a digit first', { name: '3d' }, /^"3d" is not a name/],
    ['a dash last', { name: 'reminders-' }, /^"reminders-" is not a name/],
    ['a path', { name: '../reminders' }, /^"..\/reminders" is not a name/],
    ['a long name', { name: 'r'.repeat(41) }, /too long .*41 characters.* at most 40/],
    ['the library chart', { name: 'common' }, /^"common" is reserved: it is the library chart/],
    ['this machine', { name: 'localhost' }, /^"localhost" is reserved/],
    ['the database', { name: 'postgres' }, /^"postgres" is reserved/],
    ['an app', { name: 'e2e' }, /^"e2e" is taken by apps\/e2e/],
    ['a library', { name: 'identity' }, /^"identity" is taken by libs\/identity/],
    ['a tool', { name: 'cli' }, /^"cli" is taken by tools\/cli/],
    ['a package of another folder', { name: 'charts-tests' }, /is taken by tools\/charts/],
    ['a shipped service', { name: 'mcp' }, /^There is a service "mcp" already/],
    ['an unknown kind', { kind: 'cron' }, /^--kind=cron must be one of http, worker, mcp/],
    ['a taken port', { port: 8000 }, /^--port: 8000 is taken by backend/],
    ['a port for root', { port: 80 }, /^--port=80 must be at least 1024/],
    ['a port too high', { port: 70000 }, /^--port=70000 must be at most 65535/],
    ['a port in words', { port: 'eighty' }, /^--port=eighty must be a number/],
    ['half a port', { port: 8003.5 }, /^--port=8003.5 must be a whole number/],
    ['no replicas', { replicas: 0 }, /^--replicas=0 must be at least 1/],
    ['too many replicas', { replicas: 1000 }, /^--replicas=1000 must be at most 20/],
    [
      'an unknown callee',
      { calls: 'backnd' },
      /^--calls: there is no service "backnd"; there is: agent, backend, frontend, mcp\.$/,
    ],
    ['a call to itself', { calls: 'backend,reminders' }, /^--calls: names the app itself/],
    ['a call to a job', { calls: 'migrations' }, /^--calls: "migrations" is a job/],
    ['a public worker', { kind: 'worker', public: true }, /^--public: .*nobody can connect/],
  ])('%s', async (_, options, message) => {
    const run = serviceGenerator(tree, { name: 'reminders', ...options } as ServiceGeneratorSchema);
    const error: unknown = await run.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OptionError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
    expect(textsOf(tree)).toEqual(before);
  });

  it('a call to a worker', async () => {
    await serviceGenerator(tree, { name: 'digest', kind: 'worker' });
    const first = textsOf(tree);
    await expect(serviceGenerator(tree, { name: 'reminders', calls: 'digest' })).rejects.toThrow(
      /^--calls: "digest" is a worker: nothing can connect to it/,
    );
    expect(textsOf(tree)).toEqual(first);
  });
});
