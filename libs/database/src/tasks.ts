import { and, asc, eq } from 'drizzle-orm';
import type { Db } from './database.ts';
import { isRecordId } from './record-id.ts';
import { tasks } from './schema/task.ts';

/** A task as it goes over the wire (`task` of @todo/contracts); moments are ISO 8601 in UTC. */
export interface TaskRecord {
  id: string;
  title: string;
  completed: boolean;
  createdAt: string;
  updatedAt: string;
}

export interface TaskRepository {
  /** Oldest first. */
  list(filter?: { completed?: boolean }): Promise<TaskRecord[]>;
  get(id: string): Promise<TaskRecord | undefined>;
  add(task: { title: string }): Promise<TaskRecord>;
  /** Changes what is given and leaves the rest. */
  change(
    id: string,
    change: { title?: string | undefined; completed?: boolean | undefined },
  ): Promise<TaskRecord | undefined>;
  /** Resolves to the removed task. */
  remove(id: string): Promise<TaskRecord | undefined>;
}

/**
 * One user's tasks. No method can reach another user's: an unknown id and a foreign one both give
 * undefined.
 */
export function tasksOf(db: Db, userId: string): TaskRepository {
  const own = (id: string) => and(eq(tasks.id, id), eq(tasks.userId, userId));
  return {
    async list(filter = {}) {
      const rows = await db
        .select()
        .from(tasks)
        .where(
          and(
            eq(tasks.userId, userId),
            filter.completed === undefined ? undefined : eq(tasks.completed, filter.completed),
          ),
        )
        .orderBy(asc(tasks.createdAt), asc(tasks.id));
      return rows.map(toRecord);
    },
    async get(id) {
      if (!isRecordId(id)) return undefined;
      const [row] = await db.select().from(tasks).where(own(id));
      return row && toRecord(row);
    },
    async add({ title }) {
      const [row] = await db.insert(tasks).values({ userId, title }).returning();
      if (!row) throw new Error('The database returned no row for a new task.');
      return toRecord(row);
    },
    async change(id, { title, completed }) {
      if (!isRecordId(id)) return undefined;
      const [row] = await db
        .update(tasks)
        .set({
          updatedAt: new Date(),
          ...(title !== undefined && { title }),
          ...(completed !== undefined && { completed }),
        })
        .where(own(id))
        .returning();
      return row && toRecord(row);
    },
    async remove(id) {
      if (!isRecordId(id)) return undefined;
      const [row] = await db.delete(tasks).where(own(id)).returning();
      return row && toRecord(row);
    },
  };
}

function toRecord(row: typeof tasks.$inferSelect): TaskRecord {
  return {
    id: row.id,
    title: row.title,
    completed: row.completed,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
