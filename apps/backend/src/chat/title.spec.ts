import { expect, test } from 'vitest';
import { titleOf } from './title.ts';

test.each([
  ['Buy milk', 'Buy milk'],
  ['  Plan the week  \nMonday: rest', 'Plan the week'],
  [
    'Please remind me to water all of the plants on the balcony every other day',
    'Please remind me to water all of the plants on the balcony…',
  ],
  ['x'.repeat(100), `${'x'.repeat(59)}…`],
  ['🦊'.repeat(100), `${'🦊'.repeat(59)}…`],
])('%j is titled %j', (message, title) => {
  expect(titleOf(message)).toBe(title);
});
