import { conversationWithMessages } from '@todo/contracts';
import { chatEvents, type Client } from './backend.ts';

/** Says something; the answer is still to be read. */
export function say(person: Client, message: string, conversationId?: string): Promise<Response> {
  return person.send('POST', '/api/chat', { message, ...(conversationId && { conversationId }) });
}

/** Says something, reads the answer to its end, and returns events and the conversation's id. */
export async function talk(person: Client, message: string, conversationId?: string) {
  const events = await chatEvents(await say(person, message, conversationId));
  const [first] = events;
  if (first?.type !== 'conversation') throw new Error(`First came ${JSON.stringify(first)}.`);
  return { events, id: first.conversationId };
}

/** A conversation of this person with its messages. */
export async function readConversation(person: Client, id: string) {
  const response = await person.fetch(`/api/conversations/${id}`);
  return conversationWithMessages.parse(await response.json());
}
