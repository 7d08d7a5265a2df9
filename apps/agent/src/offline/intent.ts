/** Which task a person means. */
export type Target =
  | { kind: 'title'; text: string }
  /** Counted from 1 in the list that was shown last; -1 is its last entry. */
  | { kind: 'position'; position: number }
  | { kind: 'all'; status: TaskStatus };

export type TaskStatus = 'all' | 'open' | 'completed';

/** What a person wants, as far as a plain sentence says it. */
export type Intent =
  | { kind: 'add'; titles: string[] }
  | { kind: 'list'; status: TaskStatus }
  | { kind: 'complete' | 'reopen' | 'remove'; targets: Target[] }
  /** "rename a to b to c" can be read in two ways; `readings` has both. */
  | { kind: 'rename'; readings: { target: Target; title: string }[] }
  | { kind: 'help' | 'greet' | 'thank' | 'confirm' | 'decline' }
  /** Nothing that is understood; may still be the answer to a question. */
  | { kind: 'unknown'; text: string };
