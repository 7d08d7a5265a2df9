import { expect, it } from 'vitest';
import { highestPercent } from './node.ts';

it('reads how full a disk is, inodes counted alike', () => {
  expect(highestPercent('Use% IUse%\n 42%   99%\n')).toBe(99);
  expect(highestPercent('Use% IUse%\n 42%     -\n')).toBe(42);
  expect(highestPercent('')).toBeUndefined();
});
