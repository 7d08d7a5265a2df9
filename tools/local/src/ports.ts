import getPort, { portNumbers } from 'get-port';
import { LocalError } from './local-error.ts';

export type ServiceName = 'frontend' | 'backend' | 'agent' | 'mcp';
export type Ports = Record<ServiceName, number>;

/** Where each service listens when nobody else does; otherwise the next free port above. */
const usual: Ports = { frontend: 3000, backend: 8000, agent: 8001, mcp: 8002 };

/**
 * Finds a free port for each service.
 * @param wanted port of the frontend: 0 takes any, undefined the usual one or the next free
 * @throws LocalError when the frontend's port was asked for and is taken
 */
export async function choosePorts(wanted?: number): Promise<Ports> {
  const chosen: number[] = [];
  const free = async (from: number) => {
    const port = await getPort({
      host: '127.0.0.1',
      exclude: chosen,
      ...(from ? { port: portNumbers(from, Math.min(from + 99, 65_535)) } : {}),
    });
    chosen.push(port);
    return port;
  };
  const frontend = await free(wanted ?? usual.frontend);
  if (wanted && frontend !== wanted) {
    throw new LocalError(
      `Port ${wanted} is taken by another program.`,
      'Give another with --port, or --port 0 for any free one.',
    );
  }
  return {
    frontend,
    backend: await free(usual.backend),
    agent: await free(usual.agent),
    mcp: await free(usual.mcp),
  };
}
