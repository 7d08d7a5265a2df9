import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunEvent } from '@todo/contracts';

/** One request that the stand-in received; the test decides how it is answered. */
export interface AgentCall {
  token: string;
  body: { messages: { role: string; content: string }[] };
  send(event: RunEvent): void;
  /** Ends the stream as the agent does. */
  end(): void;
  /** Breaks the connection. */
  breakOff(): void;
  /** Answers with another status and no stream. */
  refuse(status: number): void;
}

export interface StandInAgent {
  url: string;
  stop(): Promise<void>;
}

/** A tiny agent over real HTTP that does what `answer` says. */
export async function startStandInAgent(
  answer: (call: AgentCall) => void | Promise<void>,
): Promise<StandInAgent> {
  const server = createServer((request, response) => {
    void read(request).then((body) => answer(callOf(request, response, body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => stop(server),
  };
}

function callOf(request: IncomingMessage, response: ServerResponse, body: string): AgentCall {
  const begin = () => {
    if (!response.headersSent)
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
  };
  return {
    token: request.headers.authorization?.replace('Bearer ', '') ?? '',
    body: JSON.parse(body),
    send(event) {
      begin();
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    },
    end() {
      begin();
      response.end();
    },
    breakOff: () => response.destroy(),
    refuse: (status) => response.writeHead(status).end('a stack trace with secrets'),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
