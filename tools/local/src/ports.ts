import { once } from 'node:events';
import { createServer } from 'node:net';
import getPort, { portNumbers } from 'get-port';
import { LocalError } from './local-error.ts';

export type ServiceName = 'frontend' | 'backend' | 'agent' | 'mcp';
export type Ports = Record<ServiceName, number>;

/** Where each service listens when nobody else does; otherwise the next free port above. */
const usual: Ports = { frontend: 3000, backend: 8000, agent: 8001, mcp: 8002 };

/**
 * Finds a free port for each service. Call it right before they start, for nothing keeps the ports.
 * @param wanted port of the frontend: 0 takes any for all services, undefined the usual or next free
 * @throws LocalError when the frontend's port was asked for and is taken
 */
export async function choosePorts(wanted?: number): Promise<Ports> {
  const chosen: number[] = [];
  const free = async (from: number) => {
    const port = await getPort({
      host: '127.0.0.1',
      exclude: chosen,
      ...(wanted === 0 ? {} : { port: portNumbers(from, Math.min(from + 99, 65_535)) }),
    });
    chosen.push(port);
    return port;
  };
  if (wanted) {
    await requireFreePort(wanted);
    chosen.push(wanted);
  }
  return {
    frontend: wanted || (await free(usual.frontend)),
    backend: await free(usual.backend),
    agent: await free(usual.agent),
    mcp: await free(usual.mcp),
  };
}

/** @throws LocalError when nothing can listen on this port of 127.0.0.1 now */
export async function requireFreePort(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new LocalError(
      (error as NodeJS.ErrnoException).code === 'EACCES'
        ? `Port ${port} is not open to ordinary users.`
        : `Port ${port} is taken by another program.`,
      'Give another with --port, or --port 0 for any free one.',
      { cause: error },
    );
  } finally {
    server.close();
  }
}
