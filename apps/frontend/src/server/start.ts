import { ConfigError } from '@todo/service';
import { drainOnSignal } from './drain.ts';
import { serverApp } from './server-app.ts';

/** Checks the environment and takes over signals. Ends the process when the environment is wrong. */
export function start(): void {
  try {
    const app = serverApp();
    drainOnSignal(app);
    app.logger.info({ backend: app.config.BACKEND_URL }, 'ready to serve');
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : error);
    process.exit(1);
  }
}
