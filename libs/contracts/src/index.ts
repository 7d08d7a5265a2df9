export * from './chat.ts';
export * from './conversation.ts';
export * from './problem.ts';
export * from './task.ts';
export * from './token.ts';
