import type { RunRequest } from '@todo/contracts';
import { act } from './act.ts';
import type { Script } from './script.ts';
import { ToolRefusal } from './tool-outcome.ts';
import { understand } from './understand.ts';
import { HELP, INTRODUCTION } from './wording.ts';

/**
 * The whole answer to the last message of a conversation. The first answer also says that this is
 * the offline model and what it understands.
 */
export function* converse(messages: RunRequest['messages']): Script {
  const understanding = understand(messages);
  const parts: string[] = [];
  for (const intent of understanding.intents) {
    try {
      parts.push(yield* act(intent, understanding));
    } catch (error) {
      if (!(error instanceof ToolRefusal)) throw error;
      parts.push(error.message);
    }
  }
  const answer = parts.filter(Boolean).join('\n\n') || 'Nothing has changed.';
  if (messages.some(({ role }) => role === 'assistant')) return answer;
  return `${answer.replace(HELP, '').trim()}\n\n${INTRODUCTION}`.trim();
}
