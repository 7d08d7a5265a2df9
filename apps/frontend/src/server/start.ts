import { ConfigError } from '@todo/service';
import { drainOnSignal } from './drain.ts';
import { serverApp } from './server-app.ts';
import { watchRequests } from './watch-requests.ts';

/** Checks the environment, takes over signals and watches requests. Ends the process when the environment is wrong. */
export function start(): void {
  try {
    const app = serverApp();
    drainOnSignal(app);
    watchRequests(app);
    app.logger.info({ backend: app.config.BACKEND_URL }, 'ready to serve');
  } catch (error) {
    // For a person, like every service's; what goes to the console becomes JSON.
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
    else console.error(error);
    process.exit(1);
  }
}
