import { createLogger, createMetrics, createService, runMain, serve } from '../index.ts';

/** The smallest service there is, for the test of signals. */
await runMain(async () => {
  const logger = createLogger({ service: 'test' });
  const app = createService({ name: 'test', logger, metrics: createMetrics('test') });
  await serve(app, { host: '127.0.0.1', port: 0, graceMs: 1_000, logger });
});
