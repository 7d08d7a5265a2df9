import type { Tree } from '@nx/devkit';
import { z } from 'zod';

const port = z.int().min(1024).max(65535).describe('Port that the process listens on');
const path = z.string().regex(/^\/[a-z0-9/-]*$/, 'must be a path such as /api');

/** What every deployable app may say. */
const every = {
  database: z.boolean().default(false).describe('Connects to the database'),
  calls: z.array(z.string()).default([]).describe('Services that it connects to, by name'),
};

/** What a process that runs all the time may say. */
const running = {
  ...every,
  port,
  replicas: z.int().min(0).max(100).default(1),
  verifiesTokens: z
    .boolean()
    .default(false)
    .describe('Checks tokens with the keys of the service that has tokenKeys; needs JWKS_URL'),
};

/** What a service that others can connect to may say. */
const served = {
  ...running,
  public: path.optional().describe('Path under which the ingress sends it requests'),
  nodePort: z
    .int()
    .min(30000)
    .max(32767)
    .optional()
    .describe('Port of the node on which anyone reaches it, without an ingress'),
  tokenKeys: path.optional().describe('Path of the keys (JWKS) of the tokens that it issues'),
};

/**
 * What a deployable app says of itself in `nx.metadata.service` of its package.json. Its chart, its
 * network policy, its addresses and its place in every environment follow from it.
 * - `http`: answers other services or browsers; has a Service.
 * - `mcp`: the same, at the path /mcp, for MCP clients.
 * - `worker`: runs, and nobody connects to it but probes and the metrics scraper.
 * - `job`: runs to its end once for each version of its image.
 */
export const serviceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('http'), ...served }),
  z.strictObject({ kind: z.literal('mcp'), ...served }),
  z.strictObject({ kind: z.literal('worker'), ...running }),
  z.strictObject({ kind: z.literal('job'), ...every }),
]);
export type ServiceDeclaration = z.output<typeof serviceSchema>;
export type ServiceKind = ServiceDeclaration['kind'];
export type ServedDeclaration = Extract<ServiceDeclaration, { kind: 'http' | 'mcp' }>;
export type RunningDeclaration = Exclude<ServiceDeclaration, { kind: 'job' }>;
/** Declarations by the app's name, in alphabetical order. */
export type Declarations = Map<string, ServiceDeclaration>;

/** A declaration is wrong. The message names the file, the key, and what to write instead. */
export class DeclarationError extends Error {
  override readonly name = 'DeclarationError';
}

/** Reading half of an Nx Tree. */
export type Files = Pick<Tree, 'children' | 'exists' | 'read'>;

/** Whether others can connect to it. */
export function isServed(service: ServiceDeclaration): service is ServedDeclaration {
  return service.kind === 'http' || service.kind === 'mcp';
}

/** Whether it runs all the time. */
export function isRunning(service: ServiceDeclaration): service is RunningDeclaration {
  return service.kind !== 'job';
}

/** Environment variable in which a caller finds the address of a service. */
export function addressVariable(callee: string): string {
  return `${callee.toUpperCase().replaceAll('-', '_')}_URL`;
}

/** What follows host and port in the address that callers of a service get. */
export function addressPath(callee: ServiceDeclaration): string {
  return callee.kind === 'mcp' ? '/mcp' : '';
}

/** Path of an app's declaration. */
export const declarationFile = (app: string): string => `apps/${app}/package.json`;

const manifestSchema = z.looseObject({
  nx: z
    .looseObject({
      name: z.string().optional(),
      metadata: z.looseObject({ service: z.unknown() }).optional(),
    })
    .optional(),
});

/**
 * Reads what every app under `apps` declares of itself, and checks that it fits together.
 * @returns declarations in alphabetical order; apps without one, such as tests, are left out
 * @throws DeclarationError naming file and key
 */
export function readDeclarations(tree: Files): Declarations {
  const declarations: Declarations = new Map();
  for (const app of tree.children('apps').sort()) {
    const declaration = readDeclaration(tree, app);
    if (declaration) declarations.set(app, declaration);
  }
  checkDeclarations(declarations);
  return declarations;
}

function readDeclaration(tree: Files, app: string): ServiceDeclaration | undefined {
  const file = declarationFile(app);
  if (!tree.exists(file)) return undefined;
  const { nx } = manifestSchema.parse(JSON.parse(tree.read(file, 'utf8') ?? ''));
  const service = nx?.metadata?.service;
  if (service === undefined) {
    if (!tree.exists(`apps/${app}/Dockerfile`)) return undefined;
    throw new DeclarationError(
      `${file}: nx.metadata.service is missing, though the app has a Dockerfile. Declare it, such as {"kind": "http", "port": 8000}.`,
    );
  }
  if (nx?.name !== app) {
    throw new DeclarationError(`${file}: nx.name is "${nx?.name}"; make it "${app}", the folder.`);
  }
  const result = serviceSchema.safeParse(service);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const message = issue?.message.replace(
    /^Invalid input: expected (.*), received undefined$/,
    'is missing; it is a $1',
  );
  throw wrong(app, issue?.path.join('.') ?? '', message ?? 'is wrong');
}

/**
 * Checks that declarations fit together: callees exist and can be called, nothing is taken twice.
 * @throws DeclarationError naming file and key
 */
export function checkDeclarations(declarations: Declarations): void {
  const taken = new Map<string, string>();
  for (const [app, service] of declarations) {
    const claim = (key: 'port' | 'nodePort' | 'public', value: number | string | undefined) => {
      if (value === undefined) return;
      const owner = taken.get(`${key} ${value}`);
      if (owner) throw wrong(app, key, `${value} is taken by ${owner}; choose another`);
      taken.set(`${key} ${value}`, app);
    };
    for (const callee of service.calls) {
      const declared = declarations.get(callee);
      if (callee === app) throw wrong(app, 'calls', 'names the app itself');
      if (!declared) {
        const known = [...declarations]
          .filter(([, other]) => isServed(other))
          .map(([name]) => name);
        throw wrong(app, 'calls', `there is no service "${callee}"; there is: ${known.join(', ')}`);
      }
      if (!isServed(declared)) {
        throw wrong(app, 'calls', `"${callee}" is a ${declared.kind}: nothing can connect to it`);
      }
    }
    if (isRunning(service)) {
      claim('port', service.port);
      if (service.verifiesTokens && !tokenIssuer(declarations)) {
        throw wrong(app, 'verifiesTokens', 'no service declares tokenKeys');
      }
    }
    if (isServed(service)) {
      claim('nodePort', service.nodePort);
      claim('public', service.public);
      const issuer = tokenIssuer(declarations);
      if (service.tokenKeys && issuer && issuer.name !== app) {
        throw wrong(app, 'tokenKeys', `${issuer.name} issues the tokens already`);
      }
    }
  }
}

/** The service whose keys verify tokens, if there is one. */
export function tokenIssuer(
  declarations: Declarations,
): { name: string; port: number; tokenKeys: string } | undefined {
  for (const [name, service] of declarations) {
    if (isServed(service) && service.tokenKeys) {
      return { name, port: service.port, tokenKeys: service.tokenKeys };
    }
  }
  return undefined;
}

function wrong(app: string, key: string, message: string): DeclarationError {
  const at = ['nx.metadata.service', key].filter(Boolean).join('.');
  return new DeclarationError(`${declarationFile(app)}: ${at}: ${message}.`);
}
