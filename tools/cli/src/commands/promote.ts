import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { jsonOption, timeoutOption } from '../command-options.ts';
import { environmentFrom, profileFrom } from '../settings.ts';
import { seconds } from '../stages.ts';
import { UserError } from '../user-error.ts';
import type { PromoteResult } from '../operations/promote.ts';

interface Flags {
  profile?: string;
  from: string;
  to: string;
  yes?: boolean;
  sync?: boolean;
  timeout: number;
  json?: boolean;
}

/** `promote`: prod gets the images that dev has. */
export function promoteCommand(): Command {
  return new Command('promote')
    .description('give prod the images that dev has, by one commit, after showing the difference')
    .option('-p, --profile <name>', 'minikube profile (environment: TODO_PROFILE; default: todo)')
    .option('--from <name>', 'environment whose images are taken', environmentFrom, 'dev')
    .option('--to <name>', 'environment that gets them', environmentFrom, 'prod')
    .option('-y, --yes', 'do not ask')
    .option('--sync', 'also deploy it: press Sync, and wait for healthy pods')
    .addOption(timeoutOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      [
        '',
        'Argo CD deploys it when a person presses Sync, unless the Application syncs by itself.',
        'A database outside the cluster is told by TODO_<environment>_DATABASE_URL, once.',
        '',
        'Examples:',
        '  npm run promote                       shows what changes, and asks',
        '  npm run promote -- --sync             and deploys it',
        '  npm run promote -- --yes --json       for programs',
      ].join('\n'),
    )
    .action(async ({ profile, yes, ...flags }: Flags) => {
      const { promote } = await import('../operations/promote.ts');
      const confirm = yes ? () => Promise.resolve() : ask(flags);
      const result = await promote({ ...flags, profile: profileFrom(profile), confirm });
      if (flags.json) return console.log(JSON.stringify(result));
      console.log(summary(result));
    });
}

function ask({ to, json }: Pick<Flags, 'to' | 'json'>): (lines: string[]) => Promise<void> {
  if (json || !process.stdin.isTTY) {
    throw new UserError(
      'promote asks before it changes anything, and here is nobody to ask.',
      'Give --yes to go ahead without a question.',
    );
  }
  return async (lines) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question(`${lines.join('\n')}\nPromote this to ${to}? [y/N] `);
    terminal.close();
    if (/^y(es)?$/i.test(answer.trim())) return;
    throw new UserError('Nothing was changed.', 'Answer y to go ahead.');
  };
}

function summary({ changed, from, to, commit, waits, restarted, totalMs }: PromoteResult): string {
  const what = Object.keys(changed).join(', ');
  const done = what
    ? `promoted ${what} to ${to} in git (${commit.slice(0, 12)})`
    : `${to} has the images of ${from} in git already`;
  if (waits) return `${done}: ${waits}, or run "npm run promote -- --sync"`;
  const pods = restarted.length > 0 ? `${restarted.join(', ')} restarted` : 'nothing restarted';
  return `${done}; it runs, ${pods} (${seconds(totalMs)})`;
}
