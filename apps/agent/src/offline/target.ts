import type { Target, TaskStatus } from './intent.ts';
import { quotedParts } from './titles.ts';

const ORDINALS = [
  'first|1st',
  'second|2nd',
  'third|3rd',
  'fourth|4th',
  'fifth|5th',
  'sixth|6th',
  'seventh|7th',
  'eighth|8th',
  'ninth|9th',
  'tenth|10th',
].map((words) => words.split('|'));

const COUNTS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const POSITION =
  /^(?:the\s+|my\s+)?(?:(?:task|todo|item|number|no\.?|nr\.?|entry)\s+)*(?:number\s+|no\.?\s+)?#?(\w+)(?:\s+(?:one|task|todo|item|entry))?$/i;

/** Which tasks a text points at: "buy milk", "2", "the first and the third", "everything". */
export function targetsIn(text: string): Target[] {
  const quoted = quotedParts(text);
  if (quoted.length > 0) return quoted.map((part) => ({ kind: 'title', text: part }));

  const bare = text.trim().replace(/[.!?,;:\s]+$/, '');
  const status = statusOfAll(bare);
  if (status) return [{ kind: 'all', status }];

  const positions = bare
    .split(/\s*(?:,|&|\band\b)\s*/i)
    .filter(Boolean)
    .map(positionIn);
  if (positions.length > 0 && positions.every((position) => position !== undefined))
    return positions.map((position) => ({ kind: 'position', position }));

  const title = bare.replace(/^(?:the|my|this|that)\s+(?:task|todo|to-do|item)\s+/i, '').trim();
  return title ? [{ kind: 'title', text: title }] : [];
}

/** 2 for "2", "#2", "task 2", "the second one"; -1 for "the last one"; undefined for all else. */
export function positionIn(text: string): number | undefined {
  const word = POSITION.exec(text.trim())?.[1]?.toLowerCase();
  if (!word) return undefined;
  if (/^\d{1,3}$/.test(word)) return Number(word) || undefined;
  if (word === 'last' || word === 'latest') return -1;
  const ordinal = ORDINALS.findIndex((words) => words.includes(word));
  if (ordinal >= 0) return ordinal + 1;
  // "one" alone is a number; in "the one" it stands for a task that was not named.
  const count = /^(?:the|my)\s/i.test(text.trim()) ? -1 : COUNTS.indexOf(word);
  return count >= 0 ? count + 1 : undefined;
}

function statusOfAll(text: string): TaskStatus | undefined {
  const words =
    /^(?:everything|them all|all(?: of (?:them|it))?|(?:(?:all|every)\s+)?(?:of\s+)?(?:my\s+|the\s+)?(completed|done|finished|open|pending|remaining)?\s*(?:tasks?|todos?|to-dos?|items?|ones?|list)?)(?:\s+(?:on|in|from)\s+(?:my|the)\s+list)?$/i.exec(
      text,
    );
  if (
    !words ||
    !/everything|\ball\b|\bevery\b|tasks|todos|to-dos|items|list|completed|done|finished/i.test(
      text,
    )
  )
    return undefined;
  const status = words[1]?.toLowerCase();
  if (!status) return 'all';
  return /completed|done|finished/.test(status) ? 'completed' : 'open';
}
