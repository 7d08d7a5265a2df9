import { z } from 'zod';

const event = z.object({
  event: z.string(),
  time: z.string().optional(),
  name: z.string().optional(),
});

/**
 * Reads when `git push` began from what git wrote to the file named by GIT_TRACE2_EVENT.
 * @returns milliseconds since 1970 of the last push; undefined when there was none
 */
export function pushBeganAt(trace: string): number | undefined {
  const pushes = trace
    .split('\n')
    .filter((line) => line.includes('"cmd_name"'))
    .map((line) => event.parse(JSON.parse(line)))
    .filter(({ event, name }) => event === 'cmd_name' && name === 'push');
  const time = pushes.at(-1)?.time;
  return time === undefined ? undefined : Date.parse(time);
}
