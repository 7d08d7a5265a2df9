import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { repository } from '../../services/config-variables.ts';
import { isRunning, readDeclarations } from '../../services/declaration.ts';
import { repositoryTree } from '../../testing/repository-tree.ts';
import { writeServiceFiles } from './app-files.ts';

/** What every service that ships has in common with one that is generated today. */
const services = ['agent', 'backend', 'frontend', 'mcp'];
/** Next.js has a server, a bundler and TypeScript settings of its own. */
const bundled = services.filter((name) => name !== 'frontend');

const shipped = (path: string) => readFileSync(join(repository, path), 'utf8');
const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

let tree: Tree;
const generated = (path: string) => tree.read(path, 'utf8') ?? '';
beforeAll(async () => {
  tree = repositoryTree();
  const declarations = readDeclarations(tree);
  for (const name of services) {
    const service = declarations.get(name);
    if (!service || !isRunning(service)) throw new Error(`${name} is not declared as a service.`);
    await writeServiceFiles(tree, name, service, declarations);
  }
});

describe.each(services)('%s is what the generator makes, plus its own code:', (name) => {
  it('declares itself as a generated service does', () => {
    const own = JSON.parse(shipped(`apps/${name}/package.json`)) as Manifest;
    const made = JSON.parse(generated(`apps/${name}/package.json`)) as Manifest;
    expect(own).toMatchObject({ ...made, nx: { name, tags: made.nx.tags }, devDependencies: {} });
    expect(own.nx.metadata).toEqual(made.nx.metadata);
    for (const kind of ['dependencies', 'devDependencies'] as const) {
      expect(Object.keys(own[kind] ?? {})).toEqual(Object.keys(own[kind] ?? {}).sort());
    }
  });

  it('has the same chart, but for its description', () => {
    const made = parse(generated(`charts/${name}/Chart.yaml`)) as { description: string };
    const text = generated(`charts/${name}/Chart.yaml`);
    const { description } = parse(shipped(`charts/${name}/Chart.yaml`)) as typeof made;
    expect(shipped(`charts/${name}/Chart.yaml`)).toBe(text.replace(made.description, description));
  });

  it('has the same values in the same order, with the same comments', () => {
    const own = shipped(`charts/${name}/values.yaml`);
    const made = generated(`charts/${name}/values.yaml`);
    expect(keysOf(own)).toEqual(keysOf(made));
    const comments = (text: string) => lines(text).filter((line) => line.startsWith('#'));
    expect(comments(own)).toEqual(comments(made));
  });

  it('has the same README of its chart, but for what it is', () => {
    const own = lines(shipped(`charts/${name}/README.md`));
    const made = lines(generated(`charts/${name}/README.md`));
    const description = made[1] ?? '';
    expect(own).toEqual(expect.arrayContaining(made.filter((line) => line !== description)));
  });
});

describe.each(bundled)('%s is what the generator makes, plus its own code:', (name) => {
  it.each(['Dockerfile', '.dockerignore', 'vitest.config.ts'])('%s is the same', (file) => {
    expect(shipped(`apps/${name}/${file}`)).toBe(generated(`apps/${name}/${file}`));
  });

  it('tsconfig.json refers to what package.json depends on, and is the same otherwise', () => {
    const own = shipped(`apps/${name}/tsconfig.json`);
    const made = generated(`apps/${name}/tsconfig.json`);
    const { references } = JSON.parse(own) as { references: { path: string }[] };
    const paths = references.map(({ path }) => path);
    expect(paths).toEqual([...paths].sort());
    const block = /"references": \[[^\]]*\]/;
    expect(own.replace(block, '')).toBe(made.replace(block, ''));
    expect(own).toMatch(/"references": \[\n( {4}\{\n {6}"path": "[^"]+"\n {4}\},?\n)+ {2}\]/);
  });

  it('has config, app, main and their tests where a generated service has them', () => {
    for (const file of ['config.ts', 'app.ts', 'app.spec.ts', 'main.ts']) {
      expect(existsSync(join(repository, 'apps', name, 'src', file)), file).toBe(true);
    }
    const config = shipped(`apps/${name}/src/config.ts`);
    const port = /\.\.\.serverVariables\(\d+\),/;
    expect(port.exec(config)?.[0]).toBe(port.exec(generated(`apps/${name}/src/config.ts`))?.[0]);
    expect(config).toContain('export const configSchema = z.object({');
    expect(config).toContain('export type Config = z.output<typeof configSchema>;');
  });
});

describe('frontend', () => {
  it('has the image of a generated service, with Next.js’ server in it', () => {
    const own = lines(shipped('apps/frontend/Dockerfile'));
    const bundle = /^(ENV|COPY|CMD)/;
    const made = lines(generated('apps/frontend/Dockerfile')).filter((line) => !bundle.test(line));
    expect(own).toEqual(expect.arrayContaining(made));
    expect(shipped('apps/frontend/vitest.config.ts')).toBe(
      generated('apps/frontend/vitest.config.ts'),
    );
  });
});

it('no chart of a service has templates that a generated one has not', () => {
  const templates = (name: string) => readdirSync(join(repository, 'charts', name, 'templates'));
  expect(templates('frontend')).toEqual(templates('backend'));
  expect(templates('agent')).toEqual(templates('mcp'));
  expect(templates('backend').filter((file) => file !== 'ingress.yaml')).toEqual(
    templates('agent'),
  );
});

interface Manifest {
  nx: { tags: string[]; metadata: unknown };
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** Keys of a values file, two levels deep; what is inside `config`, `secrets` and such is its own. */
function keysOf(text: string): string[] {
  const own = ['config', 'secrets', 'writable', 'network'];
  const values = parseDocument(text).toJS() as Record<string, unknown>;
  return Object.entries(values).flatMap(([key, value]) => [
    key,
    ...(value && typeof value === 'object' && !own.includes(key)
      ? Object.keys(value).map((inner) => `${key}.${inner}`)
      : []),
  ]);
}
