import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drainOnSignal, type Drainable } from '../server/drain.ts';

/**
 * A server that closes on SIGTERM the way Next.js' does, with our drain put before it. Prints its
 * port. `/slow` answers when the listener is closed; any other path says whether it drains.
 */
const app: Drainable = {
  draining: false,
  config: { SHUTDOWN_GRACE_MS: 1_000 },
  logger: { info: () => undefined, warn: () => undefined },
};
const finishers: (() => void)[] = [];
const server = createServer((request, response) => {
  if (request.url === '/slow') finishers.push(() => response.end('finished'));
  else response.end(String(app.draining));
});
process.on('SIGTERM', () => {
  server.close(() => process.exit(143));
  for (const finish of finishers) finish();
});
drainOnSignal(app);
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(String((server.address() as AddressInfo).port));
});
