export {
  conversationsOf,
  type ConversationRecord,
  type ConversationRepository,
  type MessageRecord,
} from './conversations.ts';
export { createDatabase, type Database, type DatabaseOptions, type Db } from './database.ts';
export { isUnavailable } from './is-unavailable.ts';
export { schemaIsCurrent } from './schema-is-current.ts';
export * as schema from './schema/index.ts';
export { tasksOf, type TaskRecord, type TaskRepository } from './tasks.ts';
