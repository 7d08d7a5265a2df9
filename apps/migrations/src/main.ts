import { createLogger, loadConfig, runMain } from '@todo/service';
import { configSchema } from './config.ts';
import { migrateWhenUp } from './migrate-when-up.ts';

await runMain(async () => {
  const config = loadConfig(configSchema);
  const logger = createLogger({ service: 'migrations', level: config.LOG_LEVEL });
  try {
    await migrateWhenUp({
      url: config.DATABASE_URL_DIRECT,
      folder: config.MIGRATIONS_DIR,
      deadlineMs: 60_000,
      pauseMs: 500,
      onUnavailable: (error) => logger.info({ reason: error.message }, 'waiting for the database'),
    });
    logger.info('the schema is up to date');
  } catch (error) {
    logger.error({ err: error }, 'the migration failed');
    process.exitCode = 1;
  }
});
