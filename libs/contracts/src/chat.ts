import { z } from 'zod';
import { storableText } from './text.ts';

/** Body of the backend's `POST /api/chat`. Without `conversationId` a conversation begins. */
export const chatRequest = z.strictObject({
  message: storableText.trim().min(1).max(4000),
  conversationId: z.uuid().optional(),
});
export type ChatRequest = z.infer<typeof chatRequest>;

/** Body of the agent's `POST /runs`: the whole history, oldest first, the new message last. */
export const runRequest = z.strictObject({
  messages: z
    .array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string() }))
    .min(1)
    .max(200),
});
export type RunRequest = z.infer<typeof runRequest>;

/** What the agent streams, one server-sent event each; `event:` is the type, `data:` the object. */
export const runEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('delta'), text: z.string() }),
  z.object({
    type: z.literal('tool'),
    callId: z.string(),
    name: z.string(),
    status: z.enum(['called', 'done', 'failed']),
  }),
  z.object({ type: z.literal('error'), code: z.string(), detail: z.string() }),
  z.object({ type: z.literal('done') }),
]);
export type RunEvent = z.infer<typeof runEvent>;

/**
 * What the backend streams to the browser: `conversation` first, then the agent's `delta` and
 * `tool` events, and one `done` or `error` last.
 */
export const chatEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('conversation'), conversationId: z.uuid() }),
  runEvent.options[0],
  runEvent.options[1],
  runEvent.options[2],
  z.object({ type: z.literal('done'), messageId: z.uuid() }),
]);
export type ChatEvent = z.infer<typeof chatEvent>;
