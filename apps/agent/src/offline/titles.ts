/** Verbs that a title often begins with; "buy milk and call mum" is two tasks because of them. */
const ACTIONS = new Set(
  `book bring build buy call cancel change charge check clean collect cook do draft drop email
  feed file find finish fix get give go install invite learn mail make meet message mow order
  organise organize pack paint pay phone pick plan practise practice prepare print read remind
  renew repair reply return review ring run schedule sell send sign sort start study submit
  sweep take tell text tidy update visit walk wash water write`.split(/\s+/),
);

const QUOTED = /"([^"]+)"|“([^”]+)”|«([^»]+)»|(?<![\p{L}\d])'([^']+)'(?![\p{L}\d])/gu;

/** The quoted parts of a text, without their quotes. */
export function quotedParts(text: string): string[] {
  return [...text.matchAll(QUOTED)].flatMap((match) => {
    const part = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').trim();
    return part ? [part] : [];
  });
}

/**
 * The titles that a text names. Quotes decide; otherwise it is split at commas and "and" only where
 * every part can stand alone: "milk, bread and eggs", "buy milk and call mum", but not
 * "buy milk and bread".
 * @param many whether the person spoke of several tasks ("add two tasks: …")
 */
export function titlesIn(text: string, many = false): string[] {
  const quoted = quotedParts(text);
  if (quoted.length > 0) return quoted;
  const lines = text.split('\n').map(withoutBullet).filter(Boolean);
  if (lines.length > 1) return lines;

  const whole = withoutBullet(text);
  const parts = whole
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+/i)
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length < 2) return whole ? [whole] : [];
  const beginWithAction = parts.filter((part) => ACTIONS.has(firstWord(part))).length;
  const standAlone =
    beginWithAction === parts.length ||
    many ||
    (beginWithAction === 0 && parts.every((part) => wordCount(part) <= maxWords(parts.length)));
  return standAlone ? parts : [whole];
}

/** "milk and bread" are two things, "dinner with mum and dad" is one; a longer list is clearer. */
function maxWords(parts: number): number {
  return parts > 2 ? 3 : 1;
}

function withoutBullet(line: string): string {
  return line
    .trim()
    .replace(/^(?:[-*•]|\d+[.)])\s+(?:\[[ x]?\]\s+)?/i, '')
    .replace(/^[:\s]+|[.!;,\s]+$/g, '')
    .trim();
}

/** Whether a text begins as a title does ("buy milk"), and is no question. */
export function looksLikeTask(text: string): boolean {
  return ACTIONS.has(firstWord(text)) && wordCount(text) > 1 && !text.trim().endsWith('?');
}

function firstWord(text: string): string {
  return text.split(/\s+/, 1)[0]?.toLowerCase() ?? '';
}

function wordCount(text: string): number {
  return text.split(/\s+/).length;
}
