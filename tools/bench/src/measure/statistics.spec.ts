import { describe, expect, it } from 'vitest';
import { median, medians } from './statistics.ts';

describe('median', () => {
  it('takes the middle, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('takes the mean of the two in the middle', () => {
    expect(median([1, 100, 2, 3])).toBe(2.5);
  });

  it('refuses to make one of nothing', () => {
    expect(() => median([])).toThrow('nothing to measure');
  });
});

it('takes medians key by key, where a key is present', () => {
  const records: Record<string, number>[] = [
    { build: 10, push: 1.4 },
    { build: 30, push: 1.6 },
    { build: 20 },
  ];
  expect(medians(records)).toEqual({ build: 20, push: 2 });
});
