import type { Intent } from './intent.ts';
import { isExact, resolve, resolvePick } from './resolve.ts';
import type { Script } from './script.ts';
import { listTasks, outcomes } from './tool-outcome.ts';
import type { Understanding } from './understand.ts';
import { numbered, quote, WHICH_ONE } from './wording.ts';

type Readings = Extract<Intent, { kind: 'rename' }>['readings'];

/** Renames one task; of several readings the one counts that means an existing task. */
export function* rename(readings: Readings, { shown, pick }: Understanding): Script {
  const tasks = yield* listTasks('all');
  const resolved = readings.flatMap(({ target, title }) =>
    target.kind === 'all'
      ? []
      : [{ title, target, resolution: resolve(target, { preferred: tasks, others: [], shown }) }],
  );
  const best =
    resolved.find(({ target, resolution }) => isExact(target, resolution)) ??
    resolved.find(({ resolution }) => resolution.kind === 'one') ??
    resolved.find(({ resolution }) => resolution.kind === 'several') ??
    resolved[0];
  if (!best) return 'I can rename one task at a time. Say "rename buy milk to buy oat milk".';

  const { title } = best;
  const resolution =
    best.resolution.kind === 'several' && pick
      ? resolvePick(pick, best.resolution.tasks)
      : best.resolution;
  if (resolution.kind === 'none')
    return `I found no task ${resolution.what}. Say "show my tasks" to see all.`;
  if (resolution.kind === 'several') return `${WHICH_ONE}\n${numbered(resolution.tasks)}`;

  const { id, title: old } = resolution.task;
  const { tasks: renamed, faults } = outcomes(yield [{ name: 'update_task', args: { id, title } }]);
  const [now] = renamed;
  return now ? `Renamed ${quote(old)} to ${quote(now.title)}.` : faults.join(' ');
}
