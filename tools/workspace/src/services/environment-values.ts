import type { Tree } from '@nx/devkit';
import { parse } from 'yaml';
import { z } from 'zod';
import { configFile, configurable, isSecret, type Variable } from './config-variables.ts';
import { DeclarationError } from './declaration.ts';
import { environments } from './refresh-paths.ts';

const valuesSchema = z.record(z.string(), z.unknown()).nullable();
const chartSchema = z.looseObject({
  config: z.record(z.string(), z.unknown()).nullish(),
  secrets: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * Checks what the environments say by hand: every entry belongs to a chart, every variable to the app.
 * The charts' schemas would refuse it too, but only when Argo CD renders them.
 * @param charts those that the umbrella installs
 * @throws DeclarationError naming file and key
 */
export function checkEnvironmentValues(
  tree: Tree,
  charts: string[],
  variables: Map<string, Variable[]>,
): void {
  for (const environment of environments(tree)) {
    const file = `gitops/environments/${environment}/values.yaml`;
    const values = valuesSchema.parse(parse(tree.read(file, 'utf8') ?? '') ?? null) ?? {};
    for (const [chart, entry] of Object.entries(values)) {
      if (chart === 'global') continue;
      if (!charts.includes(chart)) {
        throw new DeclarationError(
          `${file}: "${chart}" is no chart of the umbrella. Take it away, or declare the service.`,
        );
      }
      const { config, secrets } = chartSchema.parse(entry ?? {});
      const ofApp = variables.get(chart);
      if (!ofApp) continue;
      requireKnown(file, `${chart}.config`, config, configurable(ofApp), configFile(chart));
      requireKnown(file, `${chart}.secrets`, secrets, ofApp.filter(isSecret), configFile(chart));
    }
  }
}

function requireKnown(
  file: string,
  key: string,
  given: Record<string, unknown> | null | undefined,
  known: Variable[],
  source: string,
): void {
  const unknown = Object.keys(given ?? {}).find((name) => !known.some((one) => one.name === name));
  if (unknown === undefined) return;
  throw new DeclarationError(
    `${file}: ${key}.${unknown}: ${source} does not read it from there. There is: ${known.map(({ name }) => name).join(', ') || 'none'}.`,
  );
}
