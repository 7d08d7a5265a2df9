import type { Intent } from './intent.ts';
import { titlesIn } from './titles.ts';

const NOUN = String.raw`(?:tasks?|to-?\s?dos?|items?|reminders?|entr(?:y|ies)|things?)`;
const COUNT = String.raw`(?:an?|another|one|two|three|four|five|several|some|the|these|those|following|new|more|my|\d+)`;
/** "a new task to", "two tasks:", "task called" */
const TASK_PHRASE = new RegExp(
  String.raw`^(?:${COUNT}\s+)*${NOUN}\b(?:\s+(?:to|for|called|named|titled|saying|that says|with (?:the )?title)\b(?:\s+me\s+to\b)?)?\s*[:,-]?\s*`,
  'i',
);
const TO_MY_LIST = new RegExp(
  String.raw`\s+(?:(?:to|on|onto|in|into)\s+(?:my|the|our)\s+(?:\w+[\s-]+)?(?:list|${NOUN}|agenda)|as\s+(?:an?\s+)?(?:new\s+)?${NOUN})(?=[\s.,:!]*$|:)`,
  'i',
);
/** Verbs that mean a new task whatever follows. */
const ADDS = /^(?:add|create|insert|note(?: down)?|write down|jot down|put down)\b[\s:,-]*/i;
/** Verbs that mean one only with "task" or "to my list": "make a task to …", "put milk on my list". */
const ADDS_A_TASK = /^(?:make|put|new|save|record|set up|write|enter|log)\b[\s:,-]*/i;
const REMINDS =
  /^(?:remind me(?: again)?(?: (?:to|that|about|of))?|(?:please )?remember(?: (?:to|that|me to))?|(?:do not|don't) (?:let me )?forget(?: (?:to|about|that))?|(?:let me )?not forget to)\b[\s:,-]*/i;
const LABELS = /^(?:new\s+)?(?:task|todo|to-do|reminder)\s*[:-]\s*/i;
const DUTIES =
  /^(?:(?:i|we)(?:'ll)?\s+(?:also\s+|still\s+|really\s+)?(?:need to|have to|must|should|ought to|gotta|got to|want to|will have to|need|am going to|was going to|'ve got to|have got to)|(?:i|we)(?:'ve| have) got to|i'm (?:going|supposed) to|(?:i|we)'(?:d|ll) (?:better|have to|need to))\b[\s:,-]*/i;

/** "add buy milk", "remind me to call mum", "todo: water the plants", "put eggs on my list". */
export function addIn(text: string): Intent | undefined {
  const label = LABELS.exec(text);
  if (label) return adding(text.slice(label[0].length), /^\W*\w*s\b/.test(label[0]));
  const reminder = REMINDS.exec(text);
  if (reminder) return adding(text.slice(reminder[0].length));
  const verb = ADDS.exec(text) ?? ADDS_A_TASK.exec(text);
  if (!verb) return undefined;

  const rest = text.slice(verb[0].length);
  const phrase = TASK_PHRASE.exec(rest);
  const listed = TO_MY_LIST.test(rest);
  if (!ADDS.test(text) && !phrase && !listed) return undefined;
  const titles = rest.slice(phrase?.[0].length ?? 0).replace(TO_MY_LIST, '');
  return adding(
    titles,
    /\b(?:tasks|todos|to-dos|items|things|reminders|entries)\b/i.test(phrase?.[0] ?? ''),
  );
}

/**
 * "I need to buy milk" is a new task, but "I want to delete buy milk" and "I need to see my tasks"
 * are commands.
 * @param commandIn tells whether what follows is a command
 */
export function newTaskIn(
  text: string,
  commandIn: (text: string) => Intent | undefined,
): Intent | undefined {
  const duty = DUTIES.exec(text);
  if (!duty) return undefined;
  const rest = text.slice(duty[0].length);
  const command = commandIn(rest);
  const isCommand = /\b(?:want|like)\b/i.test(duty[0])
    ? command !== undefined
    : command?.kind === 'list' || command?.kind === 'add';
  return isCommand ? command : adding(rest);
}

function adding(text: string, many = false): Intent {
  return { kind: 'add', titles: titlesIn(text, many) };
}
