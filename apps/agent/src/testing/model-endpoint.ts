import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the endpoint got: the messages and the names of the tools that the model may call. */
export interface CompletionRequest {
  authorization: string | undefined;
  model: string;
  stream: boolean;
  messages: { role: string; content?: unknown; tool_call_id?: string }[];
  tools: { function: { name: string } }[];
}

/** What the endpoint does: speak, call a tool, refuse, or say nothing at all. */
export type Completion =
  | { text: string[] }
  | { call: { name: string; args: unknown }; text?: string[] }
  | { status: number }
  | { silent: true };

/**
 * An OpenAI-compatible endpoint that streams chat completions as a test says.
 * @param answer decides on each request
 */
export async function startModelEndpoint(answer: (request: CompletionRequest) => Completion) {
  const requests: CompletionRequest[] = [];
  let dropped = Promise.withResolvers<undefined>();
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) dropped.resolve(undefined);
    });
    void read(request).then((body) => {
      const parsed = {
        ...(JSON.parse(body) as Omit<CompletionRequest, 'authorization'>),
        authorization: request.headers.authorization,
      };
      requests.push(parsed);
      send(response, answer(parsed));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    /** Resolves when the agent leaves a request before its end. */
    dropped: () => dropped.promise,
    reset() {
      requests.length = 0;
      dropped = Promise.withResolvers<undefined>();
    },
    stop() {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function send(response: ServerResponse, completion: Completion): void {
  if ('status' in completion) {
    response.writeHead(completion.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: 'key sk-secret is wrong', type: 'error' } }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = (delta: object, finish: string | null = null) =>
    response.write(
      `data: ${JSON.stringify({
        id: 'chatcmpl-1',
        object: 'chat.completion.chunk',
        created: 1,
        model: 'test',
        choices: [{ index: 0, delta, finish_reason: finish }],
      })}\n\n`,
    );
  if ('silent' in completion) {
    chunk({ role: 'assistant', content: 'Let me' });
    return;
  }
  for (const content of completion.text ?? []) chunk({ role: 'assistant', content });
  if ('call' in completion) {
    const { name, args } = completion.call;
    const id = `call_${crypto.randomUUID()}`;
    chunk({ tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: '' } }] });
    chunk({ tool_calls: [{ index: 0, function: { arguments: JSON.stringify(args) } }] });
    chunk({}, 'tool_calls');
  } else chunk({}, 'stop');
  response.end('data: [DONE]\n\n');
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}
