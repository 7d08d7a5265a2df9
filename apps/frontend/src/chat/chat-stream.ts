import { chatEvent, type ChatEvent, type ChatRequest } from '@todo/contracts';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { ApiError } from '../http/api-error.ts';
import { send } from '../http/request.ts';

/**
 * Sends a message and yields what the backend streams until `done` or `error`.
 * @throws ApiError when the message is refused, or when the stream breaks off before its end
 */
export async function* streamChat(
  message: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent> {
  const response = await send('/api/chat', { method: 'POST', body: message, signal });
  if (response.body) {
    for await (const event of chatEvents(response.body, signal)) {
      yield event;
      if (event.type === 'done' || event.type === 'error') return;
    }
  }
  throw interrupted();
}

/** Reads server-sent events; kinds that this page does not know are skipped. */
export async function* chatEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal?: AbortSignal,
): AsyncGenerator<ChatEvent> {
  const reader = body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const event = chatEvent.safeParse(parseJson(value.data));
      if (event.success) yield event.data;
    }
  } catch (error) {
    throw signal?.aborted ? error : interrupted();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function interrupted(): ApiError {
  return new ApiError(0, 'interrupted', 'The connection broke before the answer was complete.');
}
