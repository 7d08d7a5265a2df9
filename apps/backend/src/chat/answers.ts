import type { ChatEvent, RunEvent } from '@todo/contracts';
import { problemOf, type Logger } from '@todo/service';
import { outageProblem } from '../outage.ts';

export interface Answer {
  conversationId: string;
  events: AsyncIterable<RunEvent>;
  /** Keeps the answer; resolves to its id, or undefined when the conversation is gone. */
  store: (text: string) => Promise<{ id: string } | undefined>;
  logger: Logger;
}

export interface Answers {
  /**
   * Follows the agent to its end and keeps the answer, whether or not anybody still reads.
   * @returns the chat events as a stream of server-sent events
   */
  begin(answer: Answer): ReadableStream<Uint8Array>;
  /** Resolves when no answer is under way. */
  settled(): Promise<void>;
}

/** The answers that are being given by this process. */
export function createAnswers(): Answers {
  const running = new Set<Promise<void>>();
  return {
    begin(answer) {
      const { stream, send, close } = eventStream();
      const finished = follow(answer, send)
        .catch((error: unknown) => {
          answer.logger.error({ err: error }, 'an answer could not be kept');
          const { code, title, detail = title } = problemOf(error, outageProblem);
          send({ type: 'error', code, detail });
        })
        .finally(() => {
          close();
          running.delete(finished);
        });
      running.add(finished);
      return stream;
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

async function follow(answer: Answer, send: (event: ChatEvent) => void): Promise<void> {
  let text = '';
  let failure: Extract<ChatEvent, { type: 'error' }> | undefined;
  send({ type: 'conversation', conversationId: answer.conversationId });
  try {
    for await (const event of answer.events) {
      if (event.type === 'delta') text += event.text;
      if (event.type === 'error') failure = event;
      else if (event.type !== 'done') send(event);
    }
  } catch (error) {
    answer.logger.warn({ err: error }, 'the agent failed');
    failure = {
      type: 'error',
      code: 'agent_unavailable',
      detail: 'The assistant cannot answer right now. Your message is kept; try again in a moment.',
    };
  }
  // PostgreSQL's text has no place for NUL. What was said before a failure is kept, too.
  const kept = text.replaceAll('\0', '');
  const stored = failure && kept === '' ? undefined : await answer.store(kept);
  if (failure) send(failure);
  else if (stored) send({ type: 'done', messageId: stored.id });
  else
    send({
      type: 'error',
      code: 'conversation_not_found',
      detail: 'The conversation was deleted meanwhile.',
    });
}

/** A stream that never makes its writer wait: answers are small, and readers may leave. */
function eventStream() {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start: (started) => {
      controller = started;
    },
    cancel: () => {
      controller = undefined;
    },
  });
  return {
    stream,
    send: (event: ChatEvent) =>
      controller?.enqueue(
        encoder.encode(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
      ),
    close: () => controller?.close(),
  };
}
