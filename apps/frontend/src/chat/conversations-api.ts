import {
  conversationList,
  conversationWithMessages,
  type Conversation,
  type ConversationWithMessages,
} from '@todo/contracts';
import { z } from 'zod';
import { request } from '../http/request.ts';

export async function listConversations(): Promise<Conversation[]> {
  return (await request('/api/conversations', conversationList)).conversations;
}

export function getConversation(id: string): Promise<ConversationWithMessages> {
  return request(`/api/conversations/${id}`, conversationWithMessages);
}

export function removeConversation(id: string): Promise<undefined> {
  return request(`/api/conversations/${id}`, z.undefined(), { method: 'DELETE' });
}
