import type { Logger } from './logger.ts';

/** What a handler finds in `c.var`. */
export interface ServiceEnv {
  Variables: { requestId: string; logger: Logger };
}
