import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '@todo/contracts';
import { chatEvents } from './chat-stream.ts';

const CONVERSATION = '0197a1b2-0000-7000-8000-000000000001';
const MESSAGE = '0197a1b2-0000-7000-8000-000000000002';

/** The text cut into pieces of `size` bytes, so that events and characters fall apart. */
function streamOf(text: string, size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size)
        controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
}

async function read(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<ChatEvent[]> {
  return Array.fromAsync(chatEvents(body));
}

const answer = [
  `event: conversation\ndata: {"type":"conversation","conversationId":"${CONVERSATION}"}`,
  'event: tool\ndata: {"type":"tool","callId":"1","name":"add_task","status":"done"}',
  'event: delta\ndata: {"type":"delta","text":"Grüße 🥛"}',
  `event: done\ndata: {"type":"done","messageId":"${MESSAGE}"}`,
  '',
].join('\n\n');

describe('the chat stream', () => {
  it.each([1, 7, 10_000])('reads the same events from pieces of %i bytes', async (size) => {
    expect(await read(streamOf(answer, size))).toEqual([
      { type: 'conversation', conversationId: CONVERSATION },
      { type: 'tool', callId: '1', name: 'add_task', status: 'done' },
      { type: 'delta', text: 'Grüße 🥛' },
      { type: 'done', messageId: MESSAGE },
    ]);
  });

  it('skips comments and events it does not know', async () => {
    const text =
      ': keep-alive\n\ndata: {"type":"confetti"}\n\ndata: not json\n\ndata: {"type":"delta","text":"hi"}\n\n';
    expect(await read(streamOf(text, 5))).toEqual([{ type: 'delta', text: 'hi' }]);
  });

  it('says that the connection broke when it does', async () => {
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        controller.error(new TypeError('network error'));
      },
    });
    await expect(read(body)).rejects.toMatchObject({ name: 'ApiError', code: 'interrupted' });
  });
});
