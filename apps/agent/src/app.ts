import type { Model } from '@openai/agents';
import { runRequest, type RunEvent } from '@todo/contracts';
import { requireBearer, type TokenVerifier } from '@todo/identity';
import {
  createService,
  HttpProblem,
  readJson,
  type Check,
  type Logger,
  type Metrics,
} from '@todo/service';
import { streamSSE } from 'hono/streaming';
import { faultOf } from './fault.ts';
import { runAgent } from './run-agent.ts';

export interface AppDeps {
  model: Model;
  mcpUrl: string;
  /** Accepts only tokens for this service. */
  verify: TokenVerifier;
  logger: Logger;
  metrics: Metrics;
  checks?: Record<string, Check>;
}

/** The agent: `POST /runs` takes a conversation and streams the answer; nothing is kept. */
export function createApp({ model, mcpUrl, verify, logger, metrics, checks }: AppDeps) {
  const app = createService({ name: 'agent', logger, metrics, ...(checks && { checks }) });

  app.post('/runs', requireBearer(verify), async (c) => {
    const { messages } = await readJson(c, runRequest);
    if (messages.at(-1)?.role !== 'user')
      throw new HttpProblem(
        400,
        'invalid_request',
        'The request is not valid.',
        'messages: The last one must be from the user.',
      );
    const { token } = c.var.identity;
    const log = c.var.logger;

    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const send = (event: RunEvent) =>
        stream.writeSSE({ event: event.type, data: JSON.stringify(event) });
      try {
        for await (const event of runAgent({ messages, token, model, mcpUrl, signal: gone.signal }))
          await send(event);
        if (!gone.signal.aborted) await send({ type: 'done' });
      } catch (error) {
        if (gone.signal.aborted) return;
        const fault = faultOf(error);
        log.error({ err: error, code: fault.code }, 'run failed');
        await send(fault);
      }
    });
  });
  return app;
}
