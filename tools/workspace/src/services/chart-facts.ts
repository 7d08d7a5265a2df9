import type { Tree } from '@nx/devkit';
import { parse } from 'yaml';
import { z } from 'zod';
import { valuesFile } from './chart-values.ts';
import { isSecret, type Variable } from './config-variables.ts';
import { isRunning, isServed, type Declarations, type ServiceDeclaration } from './declaration.ts';
import { syncMarkedTable } from './marked-table.ts';
import { isIngressController, isMetricsScraper } from './network.ts';

const chartSchema = z.object({ description: z.string() });
const peerSchema = z.looseObject({
  app: z.string().optional(),
  namespace: z.string().optional(),
  cidr: z.string().optional(),
  except: z.array(z.string()).default([]),
  anywhere: z.boolean().optional(),
  database: z.boolean().optional(),
  port: z.number().optional(),
});
const valuesSchema = z.looseObject({
  syncWave: z.number().optional(),
  network: z.object({ from: z.array(peerSchema), to: z.array(peerSchema) }),
});

/**
 * Writes the tables of the charts' READMEs that say what a chart makes and whom its pods may talk to.
 * A README without the two marks is left alone.
 * @param others what the charts make that belong to no app
 */
export async function syncChartFacts(
  tree: Tree,
  declarations: Declarations,
  variables: Map<string, Variable[]>,
  others: Record<string, string>,
): Promise<void> {
  for (const [app, service] of declarations) {
    const facts = factsOf(tree, app, service, variables.get(app) ?? []);
    await syncMarkedTable(tree, `charts/${app}/README.md`, ['', ''], facts);
  }
  const made = new Map([
    ...Object.entries(others),
    ...[...declarations].map(([app, service]): [string, string] => [app, objectsOf(app, service)]),
  ]);
  const rows = [...made].map(([chart, makes]) => [link(chart), descriptionOf(tree, chart), makes]);
  await syncMarkedTable(tree, 'charts/README.md', ['chart', 'what it is', 'makes'], rows);
}

function factsOf(tree: Tree, app: string, service: ServiceDeclaration, variables: Variable[]) {
  const { network, syncWave = 0 } = valuesSchema.parse(
    parse(tree.read(valuesFile(app), 'utf8') ?? ''),
  );
  const secrets = variables
    .filter(isSecret)
    .map(
      ({ name, secret, required }) =>
        `\`${name}\` from \`${secret}\`${required ? '' : ', optional'}`,
    );
  const rows = isRunning(service)
    ? [
        [
          'Deployment',
          `\`${app}\`, ${service.replicas} replica${service.replicas === 1 ? '' : 's'}`,
        ],
      ]
    : [['Job', `\`${app}-<hash>\`, once for each image, sync wave ${syncWave}`]];
  if (isServed(service)) {
    const type = service.nodePort ? `NodePort ${service.nodePort}` : 'ClusterIP';
    rows.push(['Service', `\`${app}-service\`, port ${service.port}, ${type}`]);
    if (service.public) rows.push(['Ingress', `\`${service.public}\``]);
  }
  if (isRunning(service)) {
    rows.push(['ConfigMap', `\`${app}-config\`: \`config\`, \`PORT\`, \`SHUTDOWN_GRACE_MS\``]);
  }
  rows.push(['Secrets', secrets.join('; ') || 'none']);
  rows.push(['Connections from', network.from.map(peerName).join(', ') || 'none']);
  rows.push(['Connections to', [...network.to.map(peerName), 'DNS'].join(', ')]);
  return rows;
}

function peerName(peer: z.output<typeof peerSchema>): string {
  const { app, namespace, cidr, except, anywhere, database, port } = peer;
  if (anywhere) return 'anywhere';
  if (database) return 'database';
  if (app) return app;
  if (cidr) {
    const but = except.map((range) => `\`${range}\``).join(', ');
    return `port ${port} of \`${cidr}\`${but && ` (but for ${but})`}`;
  }
  if (namespace && isIngressController(namespace)) return 'ingress controller';
  if (namespace && isMetricsScraper(namespace)) return 'metrics scraper';
  return `namespace ${namespace}`;
}

function objectsOf(app: string, service: ServiceDeclaration): string {
  if (!isRunning(service)) return `Job \`${app}-<hash>\``;
  const objects = [`Deployment \`${app}\``];
  if (isServed(service)) {
    const node = service.nodePort ? ` (NodePort ${service.nodePort})` : '';
    objects.push(`Service \`${app}-service\` ${service.port}${node}`);
    if (service.public) objects.push(`Ingress \`${service.public}\``);
  }
  return objects.join(', ');
}

function descriptionOf(tree: Tree, chart: string): string {
  return chartSchema.parse(parse(tree.read(`charts/${chart}/Chart.yaml`, 'utf8') ?? ''))
    .description;
}

const link = (chart: string): string => `[\`${chart}\`](${chart})`;
