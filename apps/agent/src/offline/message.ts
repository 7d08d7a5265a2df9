import type { Intent } from './intent.ts';
import { parseSentence } from './sentence.ts';

const BOUNDARY = /(?:[.!?;]+\s+|\n+|,?\s+(?:and\s+)?then\s+|,?\s+and\s+(?:also\s+)?)/gi;

/**
 * What a message wants, one intent per sentence, in order. It is cut where what follows is a command
 * of its own, so that "add call Dr. Smith" stays whole and "I bought milk and add bread" does not.
 */
export function parseMessage(message: string): Intent[] {
  const text = message.trim();
  for (const cut of text.matchAll(BOUNDARY)) {
    const head = text.slice(0, cut.index).trim();
    const tail = text.slice(cut.index + cut[0].length).trim();
    if (!head || !tail || insideQuotes(text, cut.index)) continue;
    const first = parseSentence(head);
    if (first.kind === 'unknown' || !beginsCommand(tail, cut[0])) continue;
    return [first, ...parseMessage(tail)];
  }
  return [parseSentence(text)];
}

/**
 * After a full stop any known sentence begins a command. After a mere "and" it must say so with a
 * verb that no title begins with: "buy milk and call mum" is for the titles to divide.
 */
function beginsCommand(tail: string, boundary: string): boolean {
  const { kind } = parseSentence(tail);
  if (kind === 'unknown') return false;
  if (!/^,?\s+and\s/i.test(boundary) || /then/i.test(boundary)) return true;
  return /^(?:please\s+)?(?:add|create|delete|remove|rename|mark|show|list|tick|complete|remind me|i (?:need|have|bought|did))\b/i.test(
    tail,
  );
}

function insideQuotes(text: string, index: number): boolean {
  const before = text.slice(0, index);
  return (
    (before.match(/"/g) ?? []).length % 2 === 1 ||
    (before.match(/“/g) ?? []).length > (before.match(/”/g) ?? []).length
  );
}
