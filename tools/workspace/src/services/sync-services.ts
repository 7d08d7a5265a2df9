import type { Tree } from '@nx/devkit';
import { syncChartFacts } from './chart-facts.ts';
import { syncAppSchema, syncDatabaseSchema, syncUmbrellaSchema } from './chart-schemas.ts';
import { syncTemplates } from './chart-templates.ts';
import { syncChartValues, syncDatabaseValues } from './chart-values.ts';
import { readVariables, type Variable } from './config-variables.ts';
import { syncConfigurationReference } from './configuration-reference.ts';
import { readDeclarations } from './declaration.ts';
import { checkEnvironmentValues } from './environment-values.ts';
import { committedText, syncImageKeys } from './image-keys.ts';
import { syncRefreshPaths } from './refresh-paths.ts';
import { DATABASE, installedCharts, LIBRARY, syncUmbrella, UMBRELLA } from './umbrella.ts';

/**
 * Rewrites everything that follows from the apps' declarations and config schemas: charts, umbrella,
 * schemas, network arrows, image entries, refresh paths, configuration reference. What is right
 * already is not touched, so running it twice changes nothing.
 * @param committed text of a file in the last commit, for image tags that were lost
 * @throws DeclarationError when a declaration is wrong or contradicts the app or its chart
 */
export async function syncServices(
  tree: Tree,
  committed: (file: string) => string | undefined = (file) => committedText(tree.root, file),
): Promise<void> {
  const declarations = readDeclarations(tree);
  const charts = installedCharts(tree, declarations);
  const variables = new Map<string, Variable[]>(
    await Promise.all(
      [...declarations.keys()].map(
        async (app) => [app, await readVariables(tree, app)] satisfies [string, Variable[]],
      ),
    ),
  );
  checkEnvironmentValues(tree, charts, variables);
  for (const [app, service] of declarations) {
    const ofApp = variables.get(app) ?? [];
    syncTemplates(tree, app, service);
    await syncChartValues(tree, declarations, app, ofApp);
    await syncAppSchema(tree, app, service, ofApp);
  }
  await syncDatabaseValues(tree, declarations);
  await syncDatabaseSchema(tree, DATABASE);
  await syncUmbrella(tree, charts);
  await syncUmbrellaSchema(tree, UMBRELLA, [LIBRARY, ...charts]);
  syncImageKeys(tree, [...declarations.keys()], committed);
  await syncRefreshPaths(tree, charts);
  await syncChartFacts(tree, declarations, variables, {
    [UMBRELLA]: 'what the charts below make, but for the library',
    [LIBRARY]: 'nothing of its own',
    [DATABASE]: `StatefulSet and Service \`${DATABASE}\``,
  });
  await syncConfigurationReference(tree, declarations, variables);
}
