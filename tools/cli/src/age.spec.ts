import { expect, it } from 'vitest';
import { ageOf } from './age.ts';

it.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [3599, '59 min'],
  [7200, '2 h'],
  [86_400 * 5, '5 d'],
  [-5, '0 s'],
])('%i seconds are an age of %s', (seconds, age) => {
  const now = Date.parse('2026-01-01T12:00:00Z');
  expect(ageOf(new Date(now - seconds * 1000).toISOString(), now)).toBe(age);
});
