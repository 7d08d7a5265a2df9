import { updateJson, type Tree } from '@nx/devkit';

interface TsConfig {
  references: { path: string }[];
}

/** Makes `tsc --build` at the root see a project; last, as `nx sync` would. */
export function addProjectReference(tree: Tree, folder: string): void {
  updateJson<TsConfig>(tree, 'tsconfig.json', (config) => {
    const path = `./${folder}`;
    if (!config.references.some((reference) => reference.path === path)) {
      config.references.push({ path });
    }
    return config;
  });
}

export function removeProjectReference(tree: Tree, folder: string): void {
  updateJson<TsConfig>(tree, 'tsconfig.json', (config) => ({
    ...config,
    references: config.references.filter(({ path }) => path !== `./${folder}`),
  }));
}
