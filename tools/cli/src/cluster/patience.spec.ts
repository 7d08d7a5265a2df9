import { expect, it, vi } from 'vitest';
import type { Ailment } from './ailments.ts';
import { PartError } from './part-error.ts';
import { whileStarting } from './patience.ts';

const silent = new PartError('git server', 'It does not answer.', 'Start it.');
const ailment = (lasting: boolean): Ailment => ({ what: 'it starts', remedy: '', lasting });

it('tries again while a part starts', async () => {
  const action = vi.fn<() => Promise<void>>().mockRejectedValueOnce(silent).mockResolvedValueOnce();
  await whileStarting('it', action, () => Promise.resolve([ailment(false)]));
  expect(action).toHaveBeenCalledTimes(2);
});

it.each([
  ['that will not start', silent, [ailment(false), ailment(true)]],
  ['that is well', silent, []],
  ['that is not to blame', new Error('something else'), [ailment(false)]],
])('does not wait for a part %s', async (_, error, found) => {
  const action = vi.fn<() => Promise<void>>().mockRejectedValue(error);
  await expect(whileStarting('it', action, () => Promise.resolve(found))).rejects.toBe(error);
  expect(action).toHaveBeenCalledTimes(1);
});
