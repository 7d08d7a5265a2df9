import type { Model } from '@openai/agents';
import { AGENT_AUDIENCE, MCP_AUDIENCE, runEvent, type RunEvent } from '@todo/contracts';
import { createTokenVerifier } from '@todo/identity';
import type { TestIssuer } from '@todo/identity/testing';
import { createLogger, createMetrics, serve } from '@todo/service';
import { createApp } from '../app.ts';

export interface AgentOptions {
  model: Model;
  mcpUrl: string;
  issuer: TestIssuer;
}

/** The real agent on a free port. */
export async function startAgent({ model, mcpUrl, issuer }: AgentOptions) {
  const lines: string[] = [];
  const logger = createLogger({
    service: 'agent',
    destination: { write: (line) => void lines.push(line) },
  });
  const verify = createTokenVerifier({
    jwks: issuer.jwks,
    issuer: issuer.issuer,
    audience: AGENT_AUDIENCE,
  });
  const app = createApp({ model, mcpUrl, verify, logger, metrics: createMetrics('agent') });
  const server = await serve(app, { host: '127.0.0.1', port: 0, logger });

  const mint = (userId: string) =>
    issuer.mint({ userId, audience: [AGENT_AUDIENCE, MCP_AUDIENCE] });
  const post = async (body: unknown, token: string, signal?: AbortSignal) =>
    fetch(`${server.url}/runs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });

  return {
    url: server.url,
    /** What was logged, one JSON object per line. */
    lines,
    mint,
    post,
    /** Says one thing as this user and gives the answer and all events. */
    async say(userId: string, content: string, token?: string) {
      const messages = [{ role: 'user', content }];
      const response = await post({ messages }, token ?? (await mint(userId)));
      if (response.status !== 200) throw new Error(`The agent answered ${response.status}.`);
      const events = eventsIn(await response.text());
      return { events, text: textOf(events) };
    },
    stop: () => server.close(),
  };
}

/** The events of a finished stream, each checked against the contract. */
export function eventsIn(stream: string): RunEvent[] {
  return stream
    .split('\n\n')
    .filter(Boolean)
    .map((block) => {
      const [, type, data] = /^event: (\w+)\ndata: (.+)$/.exec(block) ?? [];
      const event = runEvent.parse(JSON.parse(data ?? ''));
      if (event.type !== type) throw new Error(`An event of type ${event.type} is named ${type}.`);
      return event;
    });
}

export function textOf(events: RunEvent[]): string {
  return events.flatMap((event) => (event.type === 'delta' ? [event.text] : [])).join('');
}
