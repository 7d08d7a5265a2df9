import { expect, it, vi } from 'vitest';
import { despiteAbandoned } from './despite-abandoned.ts';

it('makes the graph itself when the process that it waited for was stopped', async () => {
  const create = vi
    .fn<() => Promise<string>>()
    .mockImplementationOnce(() => {
      throw new Error('[readCachedProjectGraph] ERROR: No cached ProjectGraph is available.');
    })
    .mockResolvedValueOnce('graph');
  expect(await despiteAbandoned(create)).toBe('graph');
});

it('does not try again when the workspace is at fault', async () => {
  const create = vi.fn<() => Promise<string>>().mockRejectedValue(new Error('no such plugin'));
  await expect(despiteAbandoned(create)).rejects.toThrow('no such plugin');
  expect(create).toHaveBeenCalledTimes(1);
});
