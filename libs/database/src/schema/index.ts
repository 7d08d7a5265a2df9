export * from './auth.ts';
export * from './conversation.ts';
export * from './task.ts';
