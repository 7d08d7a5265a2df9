import type { Intent } from './intent.ts';
import { actOnTargets } from './act-on-targets.ts';
import { rename } from './rename.ts';
import type { Script } from './script.ts';
import { looksLikeTask } from './titles.ts';
import { listTasks, outcomes } from './tool-outcome.ts';
import type { Understanding } from './understand.ts';
import { HELP, listText, quote, report, SHALL_I_ADD, WHAT_TITLE } from './wording.ts';

/** Carries out one intent with the tools and says what came of it. */
export function* act(intent: Intent, context: Understanding): Script {
  // An answer to a question concerns the asked part of the earlier message, nothing else in it.
  if (context.pick && !('targets' in intent) && intent.kind !== 'rename') return '';
  switch (intent.kind) {
    case 'add':
      return yield* add(intent.titles);
    case 'list':
      return listText(yield* listTasks(intent.status), intent.status);
    case 'complete':
    case 'reopen':
    case 'remove':
      return yield* actOnTargets(intent, context);
    case 'rename':
      return yield* rename(intent.readings, context);
    case 'help':
      return HELP;
    case 'greet':
      return 'Hello! What is there to do?';
    case 'thank':
      return 'You are welcome.';
    case 'confirm':
    case 'decline':
      return 'All right, nothing has changed.';
    case 'unknown':
      return looksLikeTask(intent.text)
        ? `${SHALL_I_ADD} ${quote(intent.text)}?`
        : `I did not understand that. ${HELP}`;
  }
}

function* add(titles: string[]): Script {
  if (titles.length === 0) return WHAT_TITLE;
  const results = yield titles.map((title) => ({ name: 'add_task', args: { title } }));
  const { tasks, faults } = outcomes(results);
  const added = tasks.map(({ title }) => title);
  return [...(added.length > 0 ? [report('Added', added)] : []), ...faults].join('\n\n');
}
