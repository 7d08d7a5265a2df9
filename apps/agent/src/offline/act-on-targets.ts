import type { Task } from '@todo/contracts';
import type { Intent, Target } from './intent.ts';
import { isExact, resolve, resolvePick, type Pool, type Resolution } from './resolve.ts';
import type { Script, ToolCall } from './script.ts';
import { listTasks, outcomes } from './tool-outcome.ts';
import type { Understanding } from './understand.ts';
import { count, numbered, quote, report, SHALL_I_DELETE, WHICH_ONE } from './wording.ts';

type Change = Extract<Intent, { targets: Target[] }>;
type Kind = Change['kind'];

const TOOLS: Record<Kind, (task: Task) => ToolCall> = {
  complete: ({ id }) => ({ name: 'complete_task', args: { id } }),
  reopen: ({ id }) => ({ name: 'update_task', args: { id, completed: false } }),
  remove: ({ id }) => ({ name: 'delete_task', args: { id } }),
};
const DID: Record<Kind, string> = { complete: 'Completed', reopen: 'Reopened', remove: 'Deleted' };

/** Completes, reopens or deletes what the targets mean, and asks where they mean several tasks. */
export function* actOnTargets({ kind, targets }: Change, context: Understanding): Script {
  const tasks = yield* listTasks('all');
  const whole = targets.find((target) => target.kind === 'all');
  if (whole) return context.pick ? '' : yield* actOnAll(kind, whole.status, tasks, context);

  const pool = poolFor(kind, tasks, context);
  const resolutions = targets
    .filter((target) => target.kind !== 'all')
    .flatMap((target) => halves(target, pool))
    .flatMap((resolution) => answered(resolution, context));
  const found = resolutions.flatMap((one) => (one.kind === 'one' ? [one.task] : []));
  const unique = [...new Set(found)];
  const ready = unique.filter((task) => !isDoneAlready(kind, task));
  const parts = ready.length > 0 ? [yield* change(kind, ready)] : [];

  for (const { title } of unique.filter((task) => isDoneAlready(kind, task)))
    parts.push(`${quote(title)} is ${kind === 'complete' ? 'completed already' : 'still open'}.`);
  for (const one of resolutions)
    if (one.kind === 'none')
      parts.push(`I found no task ${one.what}. Say "show my tasks" to see all.`);
  const [question, ...later] = resolutions.filter((one) => one.kind === 'several');
  for (const one of later) parts.push(`I left what is ${one.what} as it was: several tasks fit.`);
  if (question) parts.push(`${WHICH_ONE}\n${numbered(question.tasks)}`);
  return parts.join('\n\n');
}

/** "buy milk and call mum" is one title if there is such a task, else two targets. */
function halves(target: Exclude<Target, { kind: 'all' }>, pool: Pool): Resolution[] {
  const whole = resolve(target, pool);
  if (target.kind !== 'title' || isExact(target, whole)) return [whole];
  const texts = target.text.split(/\s*,\s*(?:and\s+)?|\s+and\s+/i).filter(Boolean);
  const parts = texts.map((text) => resolve({ kind: 'title', text }, pool));
  return texts.length > 1 && parts.every((part) => part.kind !== 'none') ? parts : [whole];
}

/** After an answered question only what was asked about is left to do. */
function answered(resolution: Resolution, { pick }: Understanding): Resolution[] {
  if (!pick) return [resolution];
  return resolution.kind === 'several' ? [resolvePick(pick, resolution.tasks)] : [];
}

function* actOnAll(
  kind: Kind,
  status: 'all' | 'open' | 'completed',
  tasks: Task[],
  { confirmed }: Understanding,
): Script {
  const chosen = tasks
    .filter((task) => status === 'all' || task.completed === (status === 'completed'))
    .filter((task) => !isDoneAlready(kind, task));
  const named = status === 'all' ? '' : status;
  if (chosen.length === 0) return 'There is no such task.';
  if (kind === 'remove' && chosen.length > 1 && !confirmed)
    return `${SHALL_I_DELETE} ${count(chosen.length, named)} for good? Say yes or no.`;
  return yield* change(kind, chosen);
}

function* change(kind: Kind, tasks: Task[]): Script {
  const results = yield tasks.map(TOOLS[kind]);
  const { tasks: changed, faults } = outcomes(results);
  const titles = changed.map(({ title }) => title);
  return [...(titles.length > 0 ? [report(DID[kind], titles)] : []), ...faults].join('\n\n');
}

function poolFor(kind: Kind, tasks: Task[], { shown }: Understanding): Pool {
  if (kind === 'remove') return { preferred: tasks, others: [], shown };
  const preferred = tasks.filter((task) => !isDoneAlready(kind, task));
  return { preferred, others: tasks.filter((task) => isDoneAlready(kind, task)), shown };
}

function isDoneAlready(kind: Kind, task: Task): boolean {
  if (kind === 'complete') return task.completed;
  return kind === 'reopen' && !task.completed;
}
