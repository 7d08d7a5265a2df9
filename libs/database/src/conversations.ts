import { and, asc, desc, eq } from 'drizzle-orm';
import type { Db } from './database.ts';
import { isRecordId } from './record-id.ts';
import { conversations, messages } from './schema/conversation.ts';

/** A conversation as it goes over the wire; moments are ISO 8601 in UTC. */
export interface ConversationRecord {
  id: string;
  title: string;
  createdAt: string;
  updatedAt: string;
}

export interface MessageRecord {
  id: string;
  role: 'user' | 'assistant';
  content: string;
  createdAt: string;
}

export interface ConversationRepository {
  /** The latest used first, without messages. */
  list(): Promise<ConversationRecord[]>;
  /** With all messages, oldest first. */
  get(id: string): Promise<(ConversationRecord & { messages: MessageRecord[] }) | undefined>;
  add(conversation: { title: string }): Promise<ConversationRecord>;
  change(id: string, change: { title: string }): Promise<ConversationRecord | undefined>;
  /** Removes the conversation and its messages. */
  remove(id: string): Promise<ConversationRecord | undefined>;
  /** Appends a message and marks the conversation as used now. */
  addMessage(
    id: string,
    message: Pick<MessageRecord, 'role' | 'content'>,
  ): Promise<MessageRecord | undefined>;
}

/** One user's conversations; an unknown id and another user's both give undefined. */
export function conversationsOf(db: Db, userId: string): ConversationRepository {
  const own = (id: string) => and(eq(conversations.id, id), eq(conversations.userId, userId));
  return {
    async list() {
      const rows = await db
        .select()
        .from(conversations)
        .where(eq(conversations.userId, userId))
        .orderBy(desc(conversations.updatedAt), desc(conversations.id));
      return rows.map(toConversation);
    },
    async get(id) {
      if (!isRecordId(id)) return undefined;
      const [row] = await db.select().from(conversations).where(own(id));
      if (!row) return undefined;
      const found = await db
        .select()
        .from(messages)
        .where(eq(messages.conversationId, row.id))
        .orderBy(asc(messages.position));
      return { ...toConversation(row), messages: found.map(toMessage) };
    },
    async add({ title }) {
      const [row] = await db.insert(conversations).values({ userId, title }).returning();
      if (!row) throw new Error('The database returned no row for a new conversation.');
      return toConversation(row);
    },
    async change(id, { title }) {
      if (!isRecordId(id)) return undefined;
      const [row] = await db.update(conversations).set({ title }).where(own(id)).returning();
      return row && toConversation(row);
    },
    async remove(id) {
      if (!isRecordId(id)) return undefined;
      const [row] = await db.delete(conversations).where(own(id)).returning();
      return row && toConversation(row);
    },
    async addMessage(id, { role, content }) {
      if (!isRecordId(id)) return undefined;
      return db.transaction(async (tx) => {
        const [conversation] = await tx
          .update(conversations)
          .set({ updatedAt: new Date() })
          .where(own(id))
          .returning({ id: conversations.id });
        if (!conversation) return undefined;
        const [row] = await tx
          .insert(messages)
          .values({ conversationId: conversation.id, role, content })
          .returning();
        return row && toMessage(row);
      });
    },
  };
}

function toConversation(row: typeof conversations.$inferSelect): ConversationRecord {
  return {
    id: row.id,
    title: row.title,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function toMessage(row: typeof messages.$inferSelect): MessageRecord {
  return {
    id: row.id,
    role: row.role,
    content: row.content,
    createdAt: row.createdAt.toISOString(),
  };
}
