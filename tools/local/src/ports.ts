import { once } from 'node:events';
import { createServer } from 'node:net';
import getPort, { portNumbers } from 'get-port';
import { LocalError } from './local-error.ts';

/** Ports by service. */
export type Ports = Record<string, number>;

/**
 * Finds a free port for each service: its usual one when nobody else listens there, otherwise the
 * next free one above. Call it right before they start, for nothing keeps the ports.
 * @param usual ports that the services declare
 * @param page service that people open; its port comes first, and may be asked for
 * @param wanted the page's port: 0 takes any for all services, undefined the usual or next free
 * @throws LocalError when the page's port was asked for and is taken
 */
export async function choosePorts(usual: Ports, page: string, wanted?: number): Promise<Ports> {
  const chosen: Ports = {};
  const free = (from: number) =>
    getPort({
      host: '127.0.0.1',
      exclude: Object.values(chosen),
      ...(wanted === 0 ? {} : { port: portNumbers(from, Math.min(from + 99, 65_535)) }),
    });
  if (wanted) await requireFreePort(wanted);
  const pageFirst = Object.keys(usual).sort((one) => (one === page ? -1 : 0));
  for (const name of pageFirst) {
    chosen[name] = (name === page && wanted) || (await free(usual[name] ?? 0));
  }
  return chosen;
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
