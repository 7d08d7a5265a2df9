import { MCP_AUDIENCE } from '@todo/contracts';
import { createDatabase, schemaIsCurrent } from '@todo/database';
import { createTokenVerifier } from '@todo/identity';
import { createLogger, createMetrics, loadConfig, runMain, serve, urlAnswers } from '@todo/service';
import { createApp } from './app.ts';
import { configSchema } from './config.ts';

await runMain(async () => {
  const config = loadConfig(configSchema);
  const logger = createLogger({ service: 'mcp', level: config.LOG_LEVEL });
  const { db, close: closeDatabase } = createDatabase(config.DATABASE_URL, {
    onError: (error) => logger.warn({ err: error }, 'lost an idle database connection'),
  });
  const { app, close: closeMcp } = createApp({
    db,
    verify: createTokenVerifier({
      jwksUrl: config.JWKS_URL,
      issuer: config.TOKEN_ISSUER,
      audience: MCP_AUDIENCE,
    }),
    logger,
    metrics: createMetrics('mcp'),
    checks: {
      async database() {
        if (!(await schemaIsCurrent(db))) throw new Error('Migrations have not been applied.');
      },
      keys: urlAnswers(config.JWKS_URL),
    },
  });
  await serve(app, {
    host: config.HOST,
    port: config.PORT,
    graceMs: config.SHUTDOWN_GRACE_MS,
    logger,
    onClose: async () => {
      await closeMcp();
      await closeDatabase();
    },
  });
});
