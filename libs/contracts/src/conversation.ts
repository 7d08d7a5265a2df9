import { z } from 'zod';

export const message = z.object({
  id: z.uuid(),
  role: z.enum(['user', 'assistant']),
  content: z.string(),
  createdAt: z.iso.datetime(),
});
export type Message = z.infer<typeof message>;

export const conversation = z.object({
  id: z.uuid(),
  title: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Conversation = z.infer<typeof conversation>;

export const conversationList = z.object({ conversations: z.array(conversation) });

export const conversationWithMessages = conversation.extend({ messages: z.array(message) });
export type ConversationWithMessages = z.infer<typeof conversationWithMessages>;
