import type { Ports, ServiceName } from './ports.ts';

/** Everything the services of one local run need to find each other. */
export interface Wiring {
  ports: Ports;
  databaseUrl: string;
  authSecret: string;
}

export interface ServiceProcess {
  name: ServiceName;
  /** File to run, relative to the workspace root; its folder becomes the working directory. */
  entry: string;
  env: NodeJS.ProcessEnv;
}

export const MIGRATIONS_ENTRY = 'apps/migrations/dist/main.js';

/** Address of a service on this machine. */
export const urlOf = (ports: Ports, name: ServiceName): string => `http://localhost:${ports[name]}`;

/** The four services, as processes on this machine. */
export function serviceProcesses({ ports, databaseUrl, authSecret }: Wiring): ServiceProcess[] {
  const server = (name: ServiceName) => ({ PORT: String(ports[name]), HOST: '127.0.0.1' });
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
        ...modelVariables(process.env),
      },
    },
    {
      name: 'frontend',
      entry: 'apps/frontend/.next/standalone/apps/frontend/server.js',
      env: { ...server('frontend'), HOSTNAME: '127.0.0.1', BACKEND_URL: urlOf(ports, 'backend') },
    },
  ];
}

function modelVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('OPENAI_')));
}
