import type { Ports, ServiceName } from './ports.ts';

/** A built program of this workspace, and everything it is told. */
export interface Program {
  name: string;
  /** File to run, relative to the workspace root; its folder becomes the working directory. */
  entry: string;
  env: NodeJS.ProcessEnv;
}

/** Everything the services of one local run need to find each other. */
export interface Wiring {
  ports: Ports;
  databaseUrl: string;
  authSecret: string;
  /** The person's own environment, of which the services see a part. */
  environment: NodeJS.ProcessEnv;
}

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
export const urlOf = (ports: Ports, name: ServiceName): string => `http://localhost:${ports[name]}`;

/** The program that brings the database's schema up to date, and ends. */
export function migrations(databaseUrl: string, environment: NodeJS.ProcessEnv): Program {
  return {
    name: 'migrations',
    entry: 'apps/migrations/dist/main.js',
    env: { ...inherited(environment), DATABASE_URL_DIRECT: databaseUrl },
  };
}

/** The four services, as programs on this machine. */
export function services(wiring: Wiring): (Program & { name: ServiceName })[] {
  const { ports, databaseUrl, authSecret, environment } = wiring;
  const server = (name: ServiceName) => ({
    ...inherited(environment),
    PORT: String(ports[name]),
    HOST: '127.0.0.1',
  });
  const jwks = { JWKS_URL: `${urlOf(ports, 'backend')}/api/auth/jwks` };
  return [
    {
      name: 'backend',
      entry: 'apps/backend/dist/main.js',
      env: {
        ...server('backend'),
        DATABASE_URL: databaseUrl,
        AUTH_SECRET: authSecret,
        AGENT_URL: urlOf(ports, 'agent'),
      },
    },
    {
      name: 'mcp',
      entry: 'apps/mcp/dist/main.js',
      env: { ...server('mcp'), DATABASE_URL: databaseUrl, ...jwks },
    },
    {
      name: 'agent',
      entry: 'apps/agent/dist/main.js',
      env: {
        ...server('agent'),
        MCP_URL: `${urlOf(ports, 'mcp')}/mcp`,
        ...jwks,
        ...picked(environment, (name) => name.startsWith('OPENAI_')),
      },
    },
    {
      name: 'frontend',
      entry: 'apps/frontend/.next/standalone/apps/frontend/server.js',
      env: { ...server('frontend'), HOSTNAME: '127.0.0.1', BACKEND_URL: urlOf(ports, 'backend') },
    },
  ];
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
