import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runtimeInputs } from './runtime-inputs.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'inputs-'));
});
afterEach(() => rm(root, { recursive: true }));

async function manifest(folder: string, content: object): Promise<string> {
  const path = join(folder, 'package.json');
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), JSON.stringify(content));
  return path;
}

it('makes an image depend on what runs in it, and not on what only its tests need', async () => {
  await manifest('apps/a', {
    name: '@todo/a',
    dependencies: { hono: '1', '@todo/one': '0' },
    devDependencies: { '@todo/testing': '0', vitest: '1' },
  });
  const libraries = [
    await manifest('libs/one', {
      name: '@todo/one',
      nx: { name: 'one' },
      dependencies: { '@todo/two': '0' },
    }),
    await manifest('libs/two', {
      name: '@todo/two',
      nx: { name: 'two' },
      dependencies: { pg: '1', '@todo/one': '0' },
      devDependencies: { 'drizzle-kit': '1' },
    }),
    await manifest('libs/testing', { name: '@todo/testing', nx: { name: 'testing' } }),
  ];
  expect(runtimeInputs('apps/a', libraries, root)).toEqual([
    'production',
    '!{projectRoot}/package.json',
    { json: '{projectRoot}/package.json', excludeFields: ['nx'] },
    { input: 'production', projects: ['one', 'two'] },
    { externalDependencies: ['hono', 'pg'] },
  ]);
});
