import type { Tree } from '@nx/devkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { repositoryTree, textsOf } from '../../testing/repository-tree.ts';
import serviceGenerator from '../service/generator.ts';
import removeServiceGenerator from './generator.ts';

let tree: Tree;
beforeEach(() => {
  tree = repositoryTree();
});

describe('nx g @todo/workspace:remove-service', () => {
  it('takes back what became of a service since', async () => {
    const before = textsOf(tree);
    await serviceGenerator(tree, { name: 'reminders', calls: 'backend' });
    tree.write('apps/reminders/src/text.ts', 'export const text = 1;\n');
    const values = 'gitops/environments/dev/values.yaml';
    tree.write(
      values,
      `${tree.read(values, 'utf8')}  # Two for the demonstration.\n  replicas: 2\n`,
    );
    await removeServiceGenerator(tree, { name: 'reminders' });
    expect(textsOf(tree)).toEqual(before);
  });

  it('takes a service out of the middle of an environment, and nothing else', async () => {
    await serviceGenerator(tree, { name: 'weather' });
    const before = textsOf(tree);
    const values = 'gitops/environments/prod/values.yaml';
    await serviceGenerator(tree, { name: 'reminders' });
    tree.write(values, `${tree.read(values, 'utf8')}\n# Ours.\nmigrations:\n  enabled: false\n`);
    await removeServiceGenerator(tree, { name: 'reminders' });
    expect(tree.read(values, 'utf8')).toBe(
      `${before.get(values)}\n# Ours.\nmigrations:\n  enabled: false\n`,
    );
  });

  it.each([
    ['reminders', /^There is no service "reminders"\. There is: agent, backend, frontend, mcp\.$/],
    ['migrations', /^There is no service "migrations"/],
    ['mcp', /^"mcp" is called by agent\..*apps\/agent\/package\.json/],
    ['backend', /^"backend" is called by frontend\./],
    ['frontend', /^"frontend" is the page .* so it stays\.$/],
  ])('refuses to remove %s with one clear error, and changes nothing', async (name, message) => {
    const before = textsOf(tree);
    await expect(removeServiceGenerator(tree, { name })).rejects.toThrow(message);
    expect(textsOf(tree)).toEqual(before);
  });

  it('names all who call a service', async () => {
    await serviceGenerator(tree, { name: 'weather', kind: 'mcp' });
    await serviceGenerator(tree, { name: 'digest', kind: 'worker', calls: 'weather' });
    await serviceGenerator(tree, { name: 'reminders', calls: 'weather' });
    await expect(removeServiceGenerator(tree, { name: 'weather' })).rejects.toThrow(
      /^"weather" is called by digest, reminders\./,
    );
  });

  it('keeps the issuer of tokens while others verify them', async () => {
    const manifest = 'apps/frontend/package.json';
    const text = tree.read(manifest, 'utf8') ?? '';
    tree.write(manifest, text.replace(/"calls": \[[^\]]*\]/, '"calls": []'));
    await expect(removeServiceGenerator(tree, { name: 'backend' })).rejects.toThrow(
      /^"backend" issues the tokens that agent, mcp verify/,
    );
  });
});
