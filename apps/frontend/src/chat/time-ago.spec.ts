import { expect, it } from 'vitest';
import { timeAgo } from './time-ago.ts';

it.each([
  ['2026-11-21T11:59:40.000Z', 'just now'],
  ['2026-11-21T11:55:00.000Z', '5 minutes ago'],
  ['2026-11-21T09:00:00.000Z', '3 hours ago'],
  ['2026-11-20T11:00:00.000Z', 'yesterday'],
  ['2026-11-02T12:00:00.000Z', 'Nov 2, 2026'],
  // A clock that runs behind the server's.
  ['2026-11-21T12:00:30.000Z', 'just now'],
])('says when %s was: %s', (at, words) => {
  expect(timeAgo(at, Date.parse('2026-11-21T12:00:00.000Z'))).toBe(words);
});
