import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startBackend, type TestBackend } from '../testing/backend.ts';
import { CREDENTIALS_LIMIT } from './auth.ts';
import { rateLimitStorage } from './rate-limit-storage.ts';

let backend: TestBackend;

beforeAll(async () => {
  backend = await startBackend();
});
afterEach(() => vi.useRealTimers());
afterAll(() => backend.stop());

/** How many of these tries at signing in, one after another, are refused. */
async function refused(address: string, tries: number, everyMs: number): Promise<number> {
  vi.useFakeTimers({ toFake: ['Date'] });
  const storage = rateLimitStorage(backend.database.db);
  let count = 0;
  for (let attempt = 0; attempt < tries; attempt++) {
    if (!(await storage.consume(address, CREDENTIALS_LIMIT)).allowed) count++;
    vi.setSystemTime(Date.now() + everyMs);
  }
  return count;
}

test('who signs in every two seconds is never refused', async () => {
  expect(await refused('steady', 60, 2_000)).toBe(0);
});

test('of a hundred guesses in a minute many are refused', async () => {
  expect(await refused('guesser', 100, 600)).toBeGreaterThanOrEqual(30);
});

test('requests at the same moment are counted one by one', async () => {
  const storage = rateLimitStorage(backend.database.db);
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => storage.consume('all at once', { window: 10, max: 4 })),
  );
  expect(answers.filter(({ allowed }) => allowed)).toHaveLength(4);
});

test('a refusal says when the window ends, and after it there is room again', async () => {
  const storage = rateLimitStorage(backend.database.db);
  vi.useFakeTimers({ toFake: ['Date'] });
  const rule = { window: 10, max: 1 };
  expect(await storage.consume('key', rule)).toEqual({ allowed: true, retryAfter: null });
  vi.setSystemTime(Date.now() + 4_000);
  expect(await storage.consume('key', rule)).toEqual({ allowed: false, retryAfter: 6 });
  vi.setSystemTime(Date.now() + 6_000);
  expect(await storage.consume('key', rule)).toEqual({ allowed: true, retryAfter: null });
});
