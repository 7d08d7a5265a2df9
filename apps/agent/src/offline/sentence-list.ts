import type { Intent, TaskStatus } from './intent.ts';

const THINGS = String.raw`(?:tasks?|to-?\s?dos?|to-?do list|lists?|items?|things|reminders|agenda|everything|all)`;

const QUESTIONS: RegExp[] = [
  // show my open tasks, list everything, give me the list
  new RegExp(
    String.raw`^(?:show|list|see|view|display|print|give|get|read|tell|check)(?: out)?(?: me| us)?(?: about| again)?(?: (?:all|every|my|the|our|of|current|open|pending|remaining|unfinished|incomplete|completed?|done|finished|todo|to-do|whole|full|latest))* ${THINGS}(?: (?:i have|please|again|that (?:are|is) [\w ]+|(?:to do|left|open|done|completed|pending)|on my list|i (?:completed|finished|did|have done)|(?:i )?(?:have|need|still have|must) to do))*$`,
    'i',
  ),
  // my tasks, open tasks, all my todos, list
  new RegExp(
    String.raw`^(?:(?:all|my|the|open|pending|completed|done|finished|current|remaining) )*(?:tasks|to-?\s?dos?|to-?do list|list)$`,
    'i',
  ),
  // what do I have to do, what should I do today, what did I finish
  /^what(?:'s| is| are| do| did| have| else| must| should| can| all)?\b.*\b(?:(?:i|we)(?:'ve)? .*(?:do|done|finish(?:ed)?|complete(?:d)?|left|open|pending)|(?:to do|todo|left|open|pending|next|remaining|still open|on my plate|due)(?: (?:today|now|tomorrow))?)$/i,
  // what is on my list, what are my tasks, which tasks are open
  /^(?:what|which)(?:'s| is| are|'re)?\b.*\b(?:my list|the list|my (?:\w+ ){0,2}(?:tasks|to-?dos|todo list|to-do list)|tasks|to-?dos)\b.*$/i,
  // do I have any tasks, are there open tasks, is there anything left
  /^(?:do i (?:still )?have|have i(?: got)?|are there|is there|any)\b.*\b(?:tasks?|to-?dos?|anything|something|to do|left|things)\b.*$/i,
  // how many tasks do I have
  /^how (?:many|much)\b.*\b(?:tasks?|to-?dos?|things|left|to do|open|done)\b.*$/i,
  /^(?:am i|are we) (?:all )?(?:done|finished)(?: (?:for )?(?:today|yet|now))?$/i,
];

/** A question for the list, such as "what do I have to do?" or "show my completed tasks". */
export function listIn(text: string): Intent | undefined {
  const bare = text.replace(/[\s.!?:]+$/, '');
  if (!QUESTIONS.some((question) => question.test(bare))) return undefined;
  return { kind: 'list', status: statusIn(bare) };
}

function statusIn(text: string): TaskStatus {
  if (
    /\b(?:not (?:yet )?(?:done|completed|finished)|haven't|unfinished|incomplete|open|pending|remaining|left|to do|next|due|still)\b/i.test(
      text,
    )
  )
    return 'open';
  if (/\b(?:completed?|done|finish(?:ed)?|ticked|did)\b/i.test(text))
    return /\bdo i have\b|\bam i\b|\bare we\b/i.test(text) ? 'open' : 'completed';
  if (/\b(?:what (?:do|must|should|can)|do i|plate|agenda|any)\b/i.test(text)) return 'open';
  return 'all';
}
