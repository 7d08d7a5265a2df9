import {
  Agent,
  assistant,
  MCPServerStreamableHttp,
  Runner,
  setTracingDisabled,
  user,
  type Model,
} from '@openai/agents';
import type { RunEvent, RunRequest } from '@todo/contracts';
import { ToolsUnavailableError } from './fault.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { markSuccess, runEventsOf } from './run-events.ts';

export interface AgentRun {
  /** The conversation, oldest first, the new message last. */
  messages: RunRequest['messages'];
  /** The caller's token; the MCP server gets the same one. */
  token: string;
  model: Model;
  mcpUrl: string;
  /** Breaks the run off. */
  signal: AbortSignal;
}

/** Calls of the model in one run; a list, the changes and the answer need three. */
const MAX_TURNS = 10;

setTracingDisabled(true);
const runner = new Runner({ tracingDisabled: true, traceIncludeSensitiveData: false });

/** What it would print to the console reaches us as errors, which are logged as JSON. */
const SILENT = {
  namespace: 'todo-tools',
  debug: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  dontLogModelData: true,
  dontLogToolData: true,
};

/**
 * Answers the last message with the model and the tools, which act as the token's user.
 * @returns the events up to, but without, `done`; the iteration throws what the model or the tools
 *   threw, and ends early and quietly when `signal` aborts
 */
export async function* runAgent(run: AgentRun): AsyncIterable<RunEvent> {
  const { messages, model, signal } = run;
  const tools = todoTools(run);
  try {
    await tools.connect().catch((error: unknown) => {
      throw new ToolsUnavailableError('The MCP server did not accept the connection.', {
        cause: error,
      });
    });
    const agent = new Agent({
      name: 'Todo',
      instructions: INSTRUCTIONS,
      model,
      mcpServers: [tools],
    });
    const input = messages.map(({ role, content }) =>
      role === 'user' ? user(content) : assistant(content),
    );
    const stream = await runner.run(agent, input, { stream: true, maxTurns: MAX_TURNS, signal });
    yield* runEventsOf(stream);
    await stream.completed;
  } finally {
    await tools.close();
  }
}

function todoTools({ mcpUrl, token }: AgentRun): MCPServerStreamableHttp {
  return new MCPServerStreamableHttp({
    name: 'todo',
    url: mcpUrl,
    requestInit: { headers: { authorization: `Bearer ${token}` } },
    cacheToolsList: false,
    useStructuredContent: true,
    timeout: 15_000,
    customDataExtractor: markSuccess,
    logger: SILENT,
    errorFunction: () => 'The task list cannot be reached right now. Try again shortly.',
  });
}
