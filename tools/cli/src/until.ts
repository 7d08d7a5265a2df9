import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from './user-error.ts';

export interface Wait {
  /** What is waited for, to complete "Waited 60 s for …". */
  what: string;
  /** Seconds until the wait fails. */
  seconds: number;
  /** What to do when it fails. */
  hint: string;
  /** Milliseconds between two looks, 250 unless told. */
  every?: number;
  /** Told what is still missing, for progress. */
  onPending?: (reason: string) => void;
}

/**
 * Looks again until the answer is no longer a string; a string says what is missing.
 * @throws UserError when the deadline passes, naming what was missing last
 */
export async function until<T>(look: () => Promise<T | string>, wait: Wait): Promise<T> {
  const deadline = performance.now() + wait.seconds * 1000;
  for (;;) {
    const answer = await look();
    if (typeof answer !== 'string') return answer;
    wait.onPending?.(answer);
    if (performance.now() > deadline) {
      throw new UserError(`Waited ${wait.seconds} s for ${wait.what}; ${answer}.`, wait.hint);
    }
    await pause(wait.every ?? 250);
  }
}
