import type { Task } from '@todo/contracts';

/** A task as the tools give it. */
export function taskCalled(title: string, completed = false): Task {
  const now = new Date().toISOString();
  return { id: crypto.randomUUID(), title, completed, createdAt: now, updatedAt: now };
}
