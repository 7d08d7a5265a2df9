import type { Intent } from './intent.ts';
import { baseOfPast } from './past-tense.ts';
import { positionIn, targetsIn } from './target.ts';
import { quotedParts } from './titles.ts';

const DONE = String.raw`(?:done|complete[d]?|finished|checked(?: off)?|ticked(?: off)?|closed|ready)`;
const NOT_DONE = String.raw`(?:not (?:yet )?(?:done|completed?|finished)|open(?: again)?|undone|incomplete|unfinished|to-?\s?do|pending|not ready)`;
const FROM_LIST =
  /\s+(?:from|off|on|in)\s+(?:my|the|our)\s+(?:[\w-]+\s+)?(?:list|tasks|todos|to-dos)$/i;

/** "mark buy milk as not done", "reopen 2", "buy milk is not done". */
export function reopenIn(text: string): Intent | undefined {
  const what =
    match(text, /^(?:re-?open|uncheck|untick|unmark|undo|uncomplete|restore)\s+(.+)$/i) ??
    match(
      text,
      new RegExp(String.raw`^(?:mark|set|make)\s+(.+?)\s+(?:as\s+|to\s+)?${NOT_DONE}$`, 'i'),
    ) ??
    match(text, new RegExp(String.raw`^(.+?)\s+(?:is|are)\s+(?:still\s+)?${NOT_DONE}$`, 'i'));
  return what === undefined ? undefined : changing('reopen', what);
}

/** "complete 2", "tick off buy milk", "mark buy milk as done", "I'm done with the report". */
export function completeIn(text: string): Intent | undefined {
  const what =
    match(
      text,
      new RegExp(
        String.raw`^(?:mark|set|check|tick|make)\s+(?:off\s+)?(.+?)\s+(?:as\s+|to\s+|off\s+as\s+)?${DONE}$`,
        'i',
      ),
    ) ??
    match(
      text,
      /^(?:complete|finish|resolve|close|mark(?: off)?|(?:check|tick|cross|strike)(?: off| out)?)\b\s*:?\s*(.+?)(?:\s+(?:off|out))?$/i,
    ) ??
    match(text, /^(?:i(?:'m| am)\s+)?(?:done|finished|through|ready)\s*(?:with\b|:|-)\s*(.+)$/i) ??
    match(
      text,
      new RegExp(
        String.raw`^(.+?)\s+(?:is|are|has been|have been|was|were)\s+(?:now\s+|all\s+|already\s+)?${DONE}(?:\s+now)?$`,
        'i',
      ),
    ) ??
    match(text, /^(.+?)(?:\s*[:,-])?\s+(?:done|completed|✓|✔|✅)$/i);
  return what === undefined ? undefined : changing('complete', what);
}

/** "I bought the milk", "I've just called mum", "finished the report": something is done. */
export function reportIn(text: string): Intent | undefined {
  const report =
    /^(?:(?:i|we)(?:'ve| have| had)?\s+)?(?:(?:just|already|finally|now|also|actually)\s+)*(\w+)\s+(.+?)(?:\s+(?:today|yesterday|already|now|just now|this (?:morning|afternoon|evening)|last night))?[.!]*$/i.exec(
      text,
    );
  const [, verb = '', what = ''] = report ?? [];
  // "I've got to fix the bike" is a duty, nothing that was done.
  const base = /^to\s/i.test(what) ? undefined : baseOfPast(verb);
  if (!base || (!/^(?:i|we)\b/i.test(text) && !verb.endsWith('ed') && verb.toLowerCase() !== 'did'))
    return undefined;
  const isGeneral = /^(?:do|finish|complet|complete|check|tick)$/.test(base);
  const target = isGeneral ? what.replace(/^(?:off|with)\s+/i, '') : `${base} ${what}`;
  // Of "I bought 'oat milk'" the quotes, of "I did the first one" the position is what counts.
  return changing('complete', positionIn(what) !== undefined ? what : target);
}

/** "rename buy milk to buy oat milk", "change the title of 2 to …", "change 2 to done". */
export function renameIn(text: string): Intent | undefined {
  const what = match(
    text,
    /^(?:rename|retitle|reword|rephrase|change|update|edit|replace|correct|alter|modify|turn)\s+(?:the\s+(?:title|name|text)\s+of\s+)?(.+)$/i,
  );
  if (what === undefined) return undefined;
  const quoted = quotedParts(what);
  if (quoted.length === 2) {
    const [from = '', to = ''] = quoted;
    return { kind: 'rename', readings: [{ target: { kind: 'title', text: from }, title: to }] };
  }
  const readings = [...what.matchAll(/\s+(?:to|into|as|with|->|=>|→)(?:\s+be)?\s*:?\s+/gi)].flatMap(
    (cut) => {
      const title = unquoted(what.slice(cut.index + cut[0].length));
      const [target] = targetsIn(what.slice(0, cut.index));
      return target && title ? [{ target, title }] : [];
    },
  );
  const [first] = readings;
  if (!first) return undefined;
  if (new RegExp(`^${DONE}$`, 'i').test(first.title))
    return { kind: 'complete', targets: [first.target] };
  if (new RegExp(`^${NOT_DONE}$`, 'i').test(first.title))
    return { kind: 'reopen', targets: [first.target] };
  return { kind: 'rename', readings };
}

/** "delete buy milk", "remove the first one from my list", "clear all completed tasks". */
export function removeIn(text: string): Intent | undefined {
  const what = match(
    text,
    /^(?:delete|remove|erase|drop|discard|scrap|cancel|clear|forget(?: about)?|get rid of|throw away|take off|kill|trash)\s+(.+)$/i,
  );
  return what === undefined ? undefined : changing('remove', what);
}

function changing(kind: 'complete' | 'reopen' | 'remove', what: string): Intent | undefined {
  const bare = what.replace(/[.!?\s]+$/, '');
  const whole = targetsIn(bare);
  // "all tasks from my list" is a whole of its own.
  const targets = whole[0]?.kind === 'all' ? whole : targetsIn(bare.replace(FROM_LIST, ''));
  return targets.length > 0 ? { kind, targets } : undefined;
}

function match(text: string, pattern: RegExp): string | undefined {
  return pattern.exec(text.replace(/[.!?\s]+$/, ''))?.[1];
}

function unquoted(title: string): string {
  return quotedParts(title)[0] ?? title.trim().replace(/[.!\s]+$/, '');
}
