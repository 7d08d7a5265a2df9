import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../settings.ts';
import { bootstrapManifests } from './bootstrap.ts';
import { GITEA_REPO_URL } from './gitea.ts';

const folder = join(root, 'gitops/bootstrap');
const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'));
const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
const outside = 'https://git.example.com/me/todo.git';

const named = (name: string, manifests: ReturnType<typeof bootstrapManifests>) => {
  const found = manifests.find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found.spec;
};

it('is what git says for the git server in the cluster', () => {
  const manifests = bootstrapManifests(texts, { url: GITEA_REPO_URL, withGitea: true });
  expect(JSON.stringify(manifests)).not.toContain('"patches"');
  expect(named('root', manifests).source?.repoURL).toBe(GITEA_REPO_URL);
});

it('names another server in everything that there is, and that the root will bring', () => {
  const manifests = bootstrapManifests(texts, { url: outside, withGitea: false });
  expect(JSON.stringify(manifests)).not.toContain(GITEA_REPO_URL);
  for (const project of ['platform', 'environments']) {
    expect(named(project, manifests).sourceRepos).toEqual([outside]);
  }
  // The project that nothing may use stays so.
  expect(named('default', manifests).sourceRepos).toEqual([]);
  const { patches } = named('root', manifests).source?.['kustomize'] as {
    patches: { target: { kind: string; name: string }; patch: string }[];
  };
  const changes = patches.map(({ target, patch }) => [
    `${target.kind} ${target.name}`,
    ...(JSON.parse(patch) as { path: string; value: unknown }[]).map((one) => one.value),
  ]);
  expect(changes).toEqual([
    ['Application platform', '{application.yaml,gitea/*}'],
    ['Application .*', outside],
    ['AppProject platform|environments', [outside]],
  ]);
});

it('keeps a git server that is there already', () => {
  const manifests = bootstrapManifests(texts, { url: outside, withGitea: true });
  expect(JSON.stringify(manifests)).not.toContain('gitea/*');
});
