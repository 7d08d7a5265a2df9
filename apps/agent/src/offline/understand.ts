import type { RunRequest } from '@todo/contracts';
import type { Intent, Target } from './intent.ts';
import { parseMessage } from './message.ts';
import { targetsIn } from './target.ts';
import { titlesIn } from './titles.ts';
import { SHALL_I_ADD, SHALL_I_DELETE, titlesOfList, WHAT_TITLE, WHICH_ONE } from './wording.ts';

/** What the last message wants, read together with what was said before. */
export interface Understanding {
  intents: Intent[];
  /** Titles of the list that was shown last, by position. */
  shown: string[];
  /** The person has agreed to a deletion of many tasks. */
  confirmed: boolean;
  /** The answer to "Which one do you mean?": only what was asked about is acted on. */
  pick?: Target;
}

/**
 * Reads the last message; if it answers a question of the last answer, the message before it is
 * read again together with the answer.
 * @param messages the whole conversation, the new message last
 */
export function understand(messages: RunRequest['messages']): Understanding {
  const text = messages.at(-1)?.content ?? '';
  const answers = messages.filter(({ role }) => role === 'assistant').map(({ content }) => content);
  const asked = answers.at(-1) ?? '';
  const before = messages.slice(0, -1).findLast(({ role }) => role === 'user')?.content ?? '';
  const shown = answers.map(titlesOfList).findLast((titles) => titles.length > 0) ?? [];

  const intents = parseMessage(text);
  const plain = { intents, shown, confirmed: false };
  const [only] = intents;
  if (intents.length !== 1 || !only) return plain;

  if (only.kind === 'confirm' && asked.includes(SHALL_I_DELETE))
    return { ...plain, intents: parseMessage(before), confirmed: true };
  if (only.kind === 'confirm' && asked.includes(SHALL_I_ADD))
    return { ...plain, intents: [{ kind: 'add', titles: titlesIn(before) }] };
  if (only.kind !== 'unknown') return plain;

  if (asked.includes(WHAT_TITLE))
    return { ...plain, intents: [{ kind: 'add', titles: titlesIn(text) }] };
  const [pick] = targetsIn(only.text);
  if (asked.includes(WHICH_ONE) && pick) return { ...plain, intents: parseMessage(before), pick };
  return plain;
}
