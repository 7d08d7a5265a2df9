import { AGENT_AUDIENCE } from '@todo/contracts';
import { createTokenVerifier } from '@todo/identity';
import { createLogger, createMetrics, loadConfig, runMain, serve, urlAnswers } from '@todo/service';
import { createApp } from './app.ts';
import { configSchema } from './config.ts';
import { createModel } from './model.ts';

await runMain(async () => {
  const config = loadConfig(configSchema);
  const logger = createLogger({ service: 'agent', level: config.LOG_LEVEL });
  const app = createApp({
    model: await createModel(config),
    mcpUrl: config.MCP_URL,
    verify: createTokenVerifier({
      jwksUrl: config.JWKS_URL,
      issuer: config.TOKEN_ISSUER,
      audience: AGENT_AUDIENCE,
    }),
    logger,
    metrics: createMetrics('agent'),
    checks: {
      mcp: urlAnswers(new URL('/healthz', config.MCP_URL).href),
      keys: urlAnswers(config.JWKS_URL),
    },
  });
  logger.info({ model: config.OPENAI_API_KEY ? config.OPENAI_MODEL : 'offline' }, 'model chosen');
  await serve(app, {
    host: config.HOST,
    port: config.PORT,
    graceMs: config.SHUTDOWN_GRACE_MS,
    logger,
  });
});
