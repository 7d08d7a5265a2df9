import type { Intent } from './intent.ts';
import { addIn, newTaskIn } from './sentence-add.ts';
import { completeIn, renameIn, removeIn, reopenIn, reportIn } from './sentence-change.ts';
import { listIn } from './sentence-list.ts';
import { smallTalkIn } from './small-talk.ts';

const POLITE_BEGIN =
  /^(?:(?:please|pls|hey|hi|hello|ok(?:ay)?|now|then|and|also|so|well|next)\b[\s,:!.]+|tell (?:me|us) (?=what|which|how)|(?:can|could|would|will) (?:you|u) (?:please |kindly )?|(?:i(?:'d| would) like (?:you )?to|i want (?:you )?to|i wanna|let's|let us|you (?:can|should|may)) )/i;
const POLITE_END =
  /[\s,]+(?:please|pls|thanks|thank you|thx|for me|now|will you|would you|could you|can you)[.!?]*$/i;

/** What one sentence wants. Nothing in it is executed; it only says which tools would be called. */
export function parseSentence(sentence: string): Intent {
  const text = sentence.trim().replace(/[’‘`]/g, "'");
  const small = smallTalkIn(text);
  if (small) return small;
  const command = withoutPoliteness(text);
  return (
    commandIn(command) ??
    newTaskIn(command, (rest) => commandIn(rest)) ??
    newTaskIn(text, (rest) => commandIn(rest)) ??
    smallTalkIn(command) ?? { kind: 'unknown', text: command }
  );
}

/** The order matters: "mark x as not done" before "mark x", "delete all done" before "x done". */
function commandIn(text: string): Intent | undefined {
  return (
    listIn(text) ??
    reopenIn(text) ??
    renameIn(text) ??
    removeIn(text) ??
    addIn(text) ??
    completeIn(text) ??
    reportIn(text)
  );
}

function withoutPoliteness(text: string): string {
  let bare = text;
  for (;;) {
    const next = bare.replace(POLITE_BEGIN, '').replace(POLITE_END, '').trim();
    if (next === bare || next === '') return bare;
    bare = next;
  }
}
