import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits for a random part of a second. The kubelet looks at its pods once a second: runs that follow
 * each other at once fall in step with it, and all of them wait for it equally long, or not at all.
 */
export const outOfStep = (): Promise<void> => pause(Math.random() * 1_000);
