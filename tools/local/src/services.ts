import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  addressPath,
  addressVariable,
  filesOnDisk,
  isRunning,
  readDeclarations,
  readVariables,
  tokenIssuer,
  type Declarations,
} from '@todo/workspace/services';
import type { Ports } from './ports.ts';

/** A built program of this workspace, and everything it is told. */
export interface Program {
  name: string;
  /** File to run, relative to the workspace root; its folder becomes the working directory. */
  entry: string;
  env: NodeJS.ProcessEnv;
}

/** A declared service. */
export interface Service {
  name: string;
  /** Port that it listens on when nobody else does. */
  port: number;
  /** File to run, relative to the workspace root. */
  entry: string;
  /** What it reads from its environment. */
  variables: string[];
}

/** Everything the services of one local run need to find each other. */
export interface Wiring {
  declarations: Declarations;
  ports: Ports;
  databaseUrl: string;
  authSecret: string;
  /** The person's own environment, of which a service sees what it declares. */
  environment: NodeJS.ProcessEnv;
}

/** The service that people open; also the `--port` of a local run is its port. */
export const PAGE = 'frontend';

/** Variables of the person's own environment that every program may see. */
const INHERITED = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'TZ',
  'LOG_LEVEL',
  'NODE_EXTRA_CA_CERTS',
  'HTTPS_PROXY',
  'NO_PROXY',
];

/** Address of a service on this machine. */
export const urlOf = (ports: Ports, name: string): string => `http://localhost:${ports[name]}`;

/** The program that brings the database's schema up to date, and ends. */
export function migrations(databaseUrl: string, environment: NodeJS.ProcessEnv): Program {
  return {
    name: 'migrations',
    entry: 'apps/migrations/dist/main.js',
    env: { ...inherited(environment), DATABASE_URL_DIRECT: databaseUrl },
  };
}

/**
 * The services that the workspace declares, in alphabetical order.
 * @throws DeclarationError when a declaration is wrong
 */
export async function readServices(
  root: string,
): Promise<{ declarations: Declarations; services: Service[] }> {
  const files = filesOnDisk(root);
  const declarations = readDeclarations(files);
  const running = [...declarations].flatMap(([name, declaration]) =>
    isRunning(declaration) ? [{ name, port: declaration.port }] : [],
  );
  const services = running.map(async ({ name, port }) => ({
    name,
    port,
    entry: entryOf(root, name),
    variables: (await readVariables(files, name)).map((variable) => variable.name),
  }));
  return { declarations, services: await Promise.all(services) };
}

/** Next.js has an entry of its own. */
function entryOf(root: string, app: string): string {
  return existsSync(join(root, 'apps', app, 'src/main.ts'))
    ? `apps/${app}/dist/main.js`
    : `apps/${app}/.next/standalone/apps/${app}/server.js`;
}

/**
 * A service as a program on this machine. Of what it declares in its config schema it gets what the
 * run decides (addresses, database, secret); the rest comes from the person's environment.
 */
export function programOf({ name, entry, variables }: Service, wiring: Wiring): Program {
  const decided = decidedFor(name, wiring);
  const wanted = (variable: string) => variables.includes(variable);
  return {
    name,
    entry,
    env: {
      ...inherited(wiring.environment),
      ...picked(wiring.environment, wanted),
      ...picked(decided, wanted),
    },
  };
}

function decidedFor(
  name: string,
  { declarations, ports, databaseUrl, authSecret }: Wiring,
): NodeJS.ProcessEnv {
  const issuer = tokenIssuer(declarations);
  const service = declarations.get(name);
  return {
    PORT: String(ports[name]),
    HOST: '127.0.0.1',
    HOSTNAME: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: authSecret,
    ...(issuer && { JWKS_URL: `${urlOf(ports, issuer.name)}${issuer.tokenKeys}` }),
    ...Object.fromEntries(
      (service?.calls ?? []).flatMap((callee) => {
        const declared = declarations.get(callee);
        if (!declared) return [];
        return [[addressVariable(callee), `${urlOf(ports, callee)}${addressPath(declared)}`]];
      }),
    ),
  };
}

function inherited(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...picked(environment, (name) => INHERITED.includes(name)),
    NODE_ENV: 'production',
  };
}

function picked(
  environment: NodeJS.ProcessEnv,
  wanted: (name: string) => boolean,
): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => value && wanted(name)),
  );
}
