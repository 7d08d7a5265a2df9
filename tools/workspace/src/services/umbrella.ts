import type { Tree } from '@nx/devkit';
import { parse, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { z } from 'zod';
import { DeclarationError, type Declarations, type Files } from './declaration.ts';
import { editYaml } from './edit-yaml.ts';

export const UMBRELLA = 'todo-chatbot';
export const LIBRARY = 'common';
export const DATABASE = 'postgres';

const chartFile = (chart: string): string => `charts/${chart}/Chart.yaml`;
const chartSchema = z.object({ version: z.string() });

/**
 * Charts that the umbrella installs: the database's and those of all apps, in alphabetical order.
 * @throws DeclarationError when an app has no chart, or a chart has no app
 */
export function installedCharts(tree: Files, declarations: Declarations): string[] {
  const charts = [...declarations.keys(), DATABASE].sort();
  for (const chart of charts) {
    if (tree.exists(chartFile(chart))) continue;
    throw new DeclarationError(
      `${chartFile(chart)} is missing, though apps/${chart} declares a service. npx nx g @todo/workspace:service makes both; or take the declaration back.`,
    );
  }
  const known = [...charts, UMBRELLA, LIBRARY];
  const orphan = tree
    .children('charts')
    .find((name) => isChart(tree, name) && !known.includes(name));
  if (orphan) {
    throw new DeclarationError(
      `charts/${orphan} belongs to no app: apps/${orphan}/package.json declares no service. Remove the chart, or declare it.`,
    );
  }
  return charts;
}

const isChart = (tree: Files, name: string): boolean => tree.exists(chartFile(name));

/**
 * Writes the umbrella's dependencies: the library, because Helm does not build nested `file://`
 * dependencies, and every chart that it installs, with its switch.
 */
export async function syncUmbrella(tree: Tree, charts: string[]): Promise<void> {
  const dependencies = [LIBRARY, ...charts].map((name) => ({
    name,
    version: chartSchema.parse(parse(tree.read(chartFile(name), 'utf8') ?? '')).version,
    repository: `file://../${name}`,
    ...(name !== LIBRARY && { condition: `${name}.enabled` }),
  }));
  await editYaml(tree, chartFile(UMBRELLA), (document) => {
    const before = JSON.stringify((document.get('dependencies') as YAMLSeq | undefined)?.toJSON());
    if (before === JSON.stringify(dependencies)) return;
    const pair = (document.contents as YAMLMap).items.find(
      ({ key }) => String(key) === 'dependencies',
    ) as Pair | undefined;
    if (pair) pair.value = document.createNode(dependencies);
    else document.set('dependencies', dependencies);
  });
}
