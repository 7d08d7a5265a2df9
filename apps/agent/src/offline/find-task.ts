import type { Task } from '@todo/contracts';
import { baseOfPast } from './past-tense.ts';

/** What a title search gives: the one task, several that fit equally well, or none. */
export type Finding =
  | { kind: 'one'; task: Task }
  | { kind: 'several'; tasks: Task[] }
  | { kind: 'none' };

const STOP_WORDS = new Set(
  `a about all an and at been for from have i in is it just me my of off on one our please some
  task that the this to todo up was with`.split(/\s+/),
);

/** A weaker resemblance than this is none. */
const LEAST_SCORE = 0.6;

/**
 * Finds the task that a person means by a few words of its title, in any inflection, with a typo.
 * @param query the person's words
 * @param tasks where to look, oldest first; of equal titles the oldest is taken
 */
export function findTask(query: string, tasks: Task[]): Finding {
  const exact = tasks.find((task) => plain(task.title) === plain(query));
  if (exact) return { kind: 'one', task: exact };

  const words = wordsOf(query);
  const scored = tasks
    .map((task) => ({ task, ...compare(words, wordsOf(task.title)) }))
    .filter(({ score }) => score >= LEAST_SCORE);
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const complete = scored.filter(({ covered }) => covered);
  // Words that fit several titles completely decide nothing, however long the titles are,
  // unless they are all that one of the titles says.
  const candidates =
    best === 1 || complete.length === 0 ? scored.filter(({ score }) => score === best) : complete;
  const distinct = candidates.filter(
    ({ task }, index) =>
      candidates.findIndex((other) => plain(other.task.title) === plain(task.title)) === index,
  );
  const [only] = distinct;
  if (!only) return { kind: 'none' };
  if (distinct.length === 1) return { kind: 'one', task: only.task };
  return { kind: 'several', tasks: distinct.map(({ task }) => task) };
}

/** Share of words that both have, 0 to 1, and whether the title has every word of the query. */
function compare(query: string[], title: string[]): { score: number; covered: boolean } {
  if (query.length === 0 || title.length === 0) return { score: 0, covered: false };
  const inTitle = query.filter((word) => title.some((other) => alike(word, other))).length;
  const inQuery = title.filter((word) => query.some((other) => alike(word, other))).length;
  const dice = (inTitle + inQuery) / (query.length + title.length);
  const covered = inTitle === query.length;
  return { score: covered ? Math.max(dice, LEAST_SCORE) : dice, covered };
}

/** Without case and punctuation, for comparison; a title of symbols alone stays as it is. */
export function plain(text: string): string {
  const letters = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return letters || text.trim();
}

function wordsOf(text: string): string[] {
  const words = plain(text).split(' ').filter(Boolean);
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return (telling.length > 0 ? telling : words).map(stem);
}

/** "tidied", "tidying" and "tidy", "eggs" and "egg" become one; a final e is dropped everywhere. */
function stem(word: string): string {
  const base = baseOfPast(word) ?? word;
  if (base.length > 5 && base.endsWith('ing'))
    return base.slice(0, -3).replace(/([bdgmnprt])\1$/, '$1');
  if (base.length > 4 && base.endsWith('ies')) return `${base.slice(0, -3)}y`;
  if (base.length > 3 && base.endsWith('s') && !base.endsWith('ss')) return base.slice(0, -1);
  return base.length > 3 ? base.replace(/e$/, '') : base;
}

function alike(a: string, b: string): boolean {
  if (a === b) return true;
  const longest = Math.max(a.length, b.length);
  const allowed = longest >= 8 ? 2 : longest >= 4 ? 1 : 0;
  return allowed > 0 && a[0] === b[0] && distance(a, b) <= allowed;
}

/** Levenshtein distance: how many letters must be put in, left out or replaced. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (b[j] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
