import { setTimeout as wait } from 'node:timers/promises';
import { createDatabase } from '@todo/database';
import { createLogger, createMetrics, loadConfig, runMain, serve } from '@todo/service';
import { createApp } from './app.ts';
import { createAgentClient } from './chat/agent-client.ts';
import { createAnswers } from './chat/answers.ts';
import { configSchema } from './config.ts';

/** How long a shutdown waits for answers under way. */
const LAST_ANSWERS_MS = 10_000;

await runMain(async () => {
  const config = loadConfig(configSchema);
  const logger = createLogger({ service: 'backend', level: config.LOG_LEVEL });
  const database = createDatabase(config.DATABASE_URL, {
    onError: (error) => logger.warn({ err: error }, 'lost an idle database connection'),
  });
  const answers = createAnswers();
  const app = createApp({
    db: database.db,
    authSecret: config.AUTH_SECRET,
    issuer: config.TOKEN_ISSUER,
    trustedOrigins: (config.TRUSTED_ORIGINS ?? '').split(',').flatMap((o) => o.trim() || []),
    runAgent: createAgentClient(config.AGENT_URL),
    answers,
    logger,
    metrics: createMetrics('backend'),
  });
  await serve(app, {
    host: config.HOST,
    port: config.PORT,
    graceMs: config.SHUTDOWN_GRACE_MS,
    logger,
    onClose: async () => {
      // Whoever reads them has been cut off by now; what comes soon is still kept.
      await Promise.race([answers.settled(), wait(LAST_ANSWERS_MS)]);
      await database.close();
    },
  });
});
