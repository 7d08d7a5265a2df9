import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits for a condition.
 * @param what the condition in words, for the error
 * @throws Error when it does not hold within the deadline
 */
export async function waitUntil(
  what: string,
  holds: () => Promise<boolean>,
  deadlineMs = 20_000,
): Promise<void> {
  const end = performance.now() + deadlineMs;
  while (!(await holds())) {
    if (performance.now() > end)
      throw new Error(`After ${deadlineMs} ms it is not so that ${what}.`);
    await pause(50);
  }
}
