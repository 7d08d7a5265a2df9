import { runEvent, type RunEvent, type RunRequest } from '@todo/contracts';
import { EventSourceParserStream } from 'eventsource-parser/stream';

/** The agent could not be asked, or broke off. The message is for logs, not for users. */
export class AgentError extends Error {
  override name = 'AgentError';
}

export interface Run {
  messages: RunRequest['messages'];
  /** Bearer token for the audiences of the agent and the MCP server. */
  token: string;
  requestId: string;
}

/** Starts a run of the agent and yields its events, `error` or `done` last. */
export type RunAgent = (run: Run) => AsyncIterable<RunEvent>;

/**
 * A client of the agent's `POST /runs`.
 * @param agentUrl address of the agent
 * @param deadlineMs a run that takes longer is broken off
 * @returns a function whose iteration throws AgentError when the agent cannot be reached, refuses,
 *   says what is no event, or stops before the end
 */
export function createAgentClient(agentUrl: string, deadlineMs = 180_000): RunAgent {
  const url = new URL('/runs', agentUrl);
  return async function* ({ messages, token, requestId }) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'text/event-stream',
          'x-request-id': requestId,
        },
        body: JSON.stringify({ messages } satisfies RunRequest),
        signal: AbortSignal.timeout(deadlineMs),
      });
      if (!response.ok || !response.body) {
        await response.body?.cancel();
        throw new AgentError(`The agent answered ${response.status}.`);
      }
      const events = response.body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream());
      for await (const { data } of events) {
        const event = runEvent.parse(JSON.parse(data));
        yield event;
        if (event.type === 'done' || event.type === 'error') return;
      }
    } catch (error) {
      if (error instanceof AgentError) throw error;
      throw new AgentError('The run of the agent failed.', { cause: error });
    }
    throw new AgentError('The agent stopped before the end of its answer.');
  };
}
