import type { Task } from '@todo/contracts';
import { findTask, plain, type Finding } from './find-task.ts';
import type { Target } from './intent.ts';

/** What a target turned out to be; `what` names it in an answer. */
export type Resolution = Finding & { what: string };

export interface Pool {
  /** Tasks that the person most likely means. */
  preferred: Task[];
  /** Where to look if none of those fits. */
  others: Task[];
  /** Titles of the list that was shown last; without one, positions count in `preferred`. */
  shown: string[];
}

/** Finds the task that a person means. A target for all tasks is not for this function. */
export function resolve(target: Exclude<Target, { kind: 'all' }>, pool: Pool): Resolution {
  if (target.kind === 'position') return atPosition(target.position, pool);
  return { ...byTitle(target.text, pool), what: `like "${target.text}"` };
}

/** Whether a title was given in full, so that no other reading of the sentence is better. */
export function isExact(target: Target, resolution: Resolution): boolean {
  return (
    target.kind === 'title' &&
    resolution.kind === 'one' &&
    plain(target.text) === plain(resolution.task.title)
  );
}

/** Which of several candidates an answer picks; their titles were shown as a list. */
export function resolvePick(pick: Target, candidates: Task[]): Resolution {
  if (pick.kind === 'all') return { kind: 'several', tasks: candidates, what: 'of that kind' };
  return resolve(pick, { preferred: candidates, others: [], shown: [] });
}

function byTitle(text: string, { preferred, others }: Pool): Finding {
  const finding = findTask(text, preferred);
  return finding.kind === 'none' ? findTask(text, others) : finding;
}

function atPosition(position: number, { preferred, others, shown }: Pool): Resolution {
  const what = position === -1 ? 'at the end of the list' : `number ${position} on the list`;
  const list = shown.length > 0 ? shown : preferred.map(({ title }) => title);
  const title = list.at(position === -1 ? -1 : position - 1);
  if (title === undefined) return { kind: 'none', what };
  const task = [...preferred, ...others].find((one) => plain(one.title) === plain(title));
  return task ? { kind: 'one', task, what } : { kind: 'none', what: `"${title}" any more` };
}
