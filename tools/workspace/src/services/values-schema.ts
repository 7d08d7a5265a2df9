import { z } from 'zod';
import { configurable, isSecret, type Variable } from './config-variables.ts';
import { isServed, type ServiceDeclaration } from './declaration.ts';

/** Helm puts the umbrella's `global` and the library's (empty) values into every chart's values. */
const fromHelm = {
  enabled: z.boolean().describe('Condition of the umbrella chart'),
  global: z.looseObject({}).optional().describe('What the umbrella chart says to all charts'),
  common: z.looseObject({}).optional().describe('Values of the library chart: none'),
};

const image = z.strictObject({
  registry: z.string().describe('Registry; global.image.registry wins'),
  repository: z.string().min(1),
  tag: z.string().describe('Tag, in quotes: a hash may look like a number'),
});

const amounts = z.strictObject({
  cpu: z.string().describe('CPU, such as 100m or "1"'),
  memory: z.string().describe('Memory, such as 128Mi'),
});
const resources = z.strictObject({ requests: amounts, limits: amounts });

const port = z.int().min(1).max(65535);
const network = z.strictObject({
  from: z
    .array(
      z.strictObject({
        app: z.string().optional().describe('Pods of another chart'),
        namespace: z.string().optional().describe('All pods of a namespace'),
        anywhere: z.boolean().optional().describe('Anyone'),
      }),
    )
    .describe('Who may connect to the port'),
  to: z
    .array(
      z.strictObject({
        app: z.string().optional().describe('Pods of another chart'),
        namespace: z.string().optional().describe('All pods of a namespace'),
        cidr: z.string().optional().describe('Addresses, such as 0.0.0.0/0'),
        except: z.array(z.string()).optional().describe('Addresses taken out of cidr'),
        database: z.boolean().optional().describe('The database, wherever it is'),
        port: port.optional(),
      }),
    )
    .describe('Whom the pods may connect to, besides DNS'),
});

const writable = z
  .record(z.string(), z.strictObject({ path: z.string().regex(/^\//), size: z.string() }))
  .describe('Folders that the process may write to, emptied with the pod');

const secret = z.strictObject({
  name: z.string().min(1).describe('Name of the Secret'),
  key: z.string().optional().describe("Key in the Secret; by default the variable's name"),
  optional: z.boolean().optional().describe('The pod starts without it'),
});

/** A ConfigMap holds text only, so a value is text, or one of a variable's choices. */
function text({ choices, description }: Variable): z.ZodType {
  const values = choices ? z.enum(choices) : z.string();
  return values.optional().describe(description);
}

const environment = (variables: Variable[]) => ({
  config: z
    .strictObject(
      Object.fromEntries(
        configurable(variables).map((variable) => [variable.name, text(variable)]),
      ),
    )
    .describe('Environment variables that are no secret'),
  secrets: z
    .strictObject(
      Object.fromEntries(
        variables
          .filter(isSecret)
          .map((variable) => [
            variable.name,
            secret.optional().describe(`From the Secret ${variable.secret}`),
          ]),
      ),
    )
    .describe('Environment variables from Secrets'),
});

const count = z.int().min(0);
const share = z.union([z.string().regex(/^[0-9]+%$/), count]).describe('Pods, or percent of them');

const syncWave = z.int().describe("Argo CD's sync wave");

const ingress = {
  enabled: z.boolean(),
  className: z.string().min(1),
  hosts: z.array(z.string().min(1)),
  tlsSecret: z.string().describe("Secret with the certificate; empty: the controller's own"),
};

const rollingUpdate = { maxSurge: share, maxUnavailable: share };

const graceSeconds = z.int().min(0).max(60);
const shutdown = {
  graceSeconds: graceSeconds.describe('Unready, but still serving'),
  drainSeconds: graceSeconds.describe('For running requests to end'),
};

/** Values of an app's chart, as its declaration makes it. */
export function appValues(declaration: ServiceDeclaration, variables: Variable[]): z.ZodType {
  if (declaration.kind === 'job') return jobValues(variables);
  return z.strictObject({
    ...fromHelm,
    replicas: count.describe('Ignored while autoscaling is on'),
    image,
    port,
    ...(isServed(declaration) && {
      service: z.strictObject({
        type: z.enum(['ClusterIP', 'NodePort']),
        nodePort: z.int().min(30000).max(32767).nullish(),
      }),
    }),
    ...environment(variables),
    writable,
    network,
    resources,
    rollingUpdate: z.strictObject(rollingUpdate),
    shutdown: z.strictObject(shutdown),
    disruptionBudget: z.strictObject({ enabled: z.boolean() }),
    autoscaling: z.strictObject({
      enabled: z.boolean(),
      minReplicas: z.int().min(1),
      maxReplicas: z.int().min(1),
      cpuPercent: z.int().min(1).max(100).describe('Average CPU, of what is requested'),
    }),
    ...(isServed(declaration) &&
      declaration.public && {
        ingress: z.strictObject({ ...ingress, path: z.string().regex(/^\//) }),
      }),
  });
}

function jobValues(variables: Variable[]) {
  return z.strictObject({
    ...fromHelm,
    syncWave,
    image,
    ...environment(variables),
    writable,
    network,
    resources,
    backoffLimit: count.describe('Tries before the Job fails'),
  });
}

/** Values of the development database. */
export function postgresValues() {
  return z.strictObject({
    ...fromHelm,
    syncWave,
    image,
    port,
    database: z.string().min(1).describe('Name of the database and of its owner'),
    secrets: z.strictObject({ POSTGRES_PASSWORD: secret }),
    uid: z.int().min(1),
    storage: z.strictObject({ size: z.string(), className: z.string() }),
    writable,
    network,
    resources,
  });
}

/**
 * Values of the umbrella chart; the services' own values are checked by their charts.
 * @param charts names of the charts that it depends on
 */
export function umbrellaValues(charts: string[]) {
  return z.strictObject({
    global: z.strictObject({
      image: z.strictObject({ registry: z.string().min(1) }),
      database: z.strictObject({ external: z.boolean() }),
      ingress: z.strictObject(ingress),
      rollingUpdate: z.strictObject(rollingUpdate).partial().optional().describe('Of all services'),
      shutdown: z.strictObject(shutdown).partial().optional().describe('Of all services'),
    }),
    ...Object.fromEntries(charts.map((chart) => [chart, z.looseObject({}).optional()])),
    common: fromHelm.common,
    postgres: z.looseObject({ enabled: z.boolean() }),
  });
}
