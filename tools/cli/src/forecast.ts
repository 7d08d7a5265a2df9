import { imagesFile } from '@todo/workspace';
import { readReport } from './cluster/application-report.ts';
import type { Cluster } from './cluster/kubernetes.ts';
import { deployedTags } from './cluster/running-images.ts';
import type { Tags } from './images.ts';
import { changedObjects, restartsOf } from './object-diff.ts';
import { renderEnvironment } from './render-chart.ts';
import { repository } from './repository.ts';
import { applicationOf, namespaceOf, root } from './settings.ts';
import { changedApps } from './values-commit.ts';

/** What a ship will do, said before it does anything; and what it did, said afterwards. */
export interface Forecast {
  /** Apps whose image is built. */
  build: string[];
  /** Files that are changed and committed. */
  files: string[];
  /** Deployments whose pods are replaced. */
  restart: string[];
}

/** What of an environment is rendered besides the image tags. */
const renderedPaths = (environment: string) => [
  'charts',
  `gitops/environments/${environment}/values.yaml`,
];

/**
 * Which Deployments get new pods when an environment is brought from what the cluster has to the
 * checked-out commit with these tags. Tags are compared with the cluster's own; the charts are
 * rendered only if they or the environment's values differ from what is applied.
 * @throws UserError when a commit does not render
 */
export async function forecastRestarts(
  cluster: Cluster,
  environment: string,
  tags: Tags,
): Promise<string[]> {
  const { applied } = await readReport(cluster, applicationOf(environment));
  const rendered = renderedPaths(environment);
  if (applied && (await repository.sameContent(applied.commit, 'HEAD', rendered))) {
    return changedDeployments(await deployedTags(cluster, namespaceOf(environment)), tags);
  }
  const known = applied && (await repository.has(applied.commit));
  const { context } = cluster;
  const [before, after] = await Promise.all([
    known ? renderEnvironment(root, applied.commit, environment, { context }) : [],
    renderEnvironment(root, 'HEAD', environment, { context, tags }),
  ]);
  return restartsOf(changedObjects(before, after), after);
}

/** Deployments whose image gets another tag, in alphabetical order. */
export function changedDeployments(deployed: Tags, tags: Tags): string[] {
  return Object.keys(deployed)
    .filter((name) => name in tags && deployed[name] !== tags[name])
    .sort();
}

/** The values file, if the tags are not those that git has. */
export function forecastFiles(environment: string, committed: Tags, tags: Tags): string[] {
  return changedApps(committed, tags).length > 0 ? [imagesFile(environment)] : [];
}

/** The forecast in words, a line per kind. */
export function describeForecast({ build, files, restart }: Forecast): string[] {
  const line = (what: string, names: string[]) => `${what}: ${names.join(', ') || 'nothing'}`;
  return [line('build', build), line('change', files), line('restart', restart)];
}

/** Where fact and forecast differ, in words; nothing when it came as forecast. */
export function surprises(forecast: Forecast, fact: Forecast): string[] {
  return (['build', 'files', 'restart'] as const).flatMap((kind) => {
    const expected = new Set(forecast[kind]);
    const found = new Set(fact[kind]);
    return [
      ...[...found.difference(expected)].map((name) => `${words[kind]} ${name}: not forecast`),
      ...[...expected.difference(found)].map((name) => `${words[kind]} ${name}: did not happen`),
    ];
  });
}

const words = { build: 'build', files: 'change', restart: 'restart' } as const;
