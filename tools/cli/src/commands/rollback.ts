import { Command } from 'commander';
import { clusterOptions, type ClusterFlags } from '../command-options.ts';
import { profileFrom } from '../settings.ts';
import { seconds } from '../stages.ts';
import { UserError } from '../user-error.ts';

interface Flags extends ClusterFlags {
  to?: string;
  adopt?: boolean;
}

/** `rollback`: earlier images come back by a commit. */
export function rollbackCommand(): Command {
  const command = new Command('rollback')
    .description('bring earlier images back by a new commit, and wait for healthy pods')
    .argument('[service]', 'the one service to roll back, such as backend; all when left out')
    .option('--to <commit>', 'go back to the images of this commit instead of the last good ones')
    .option(
      '--adopt',
      "after a rollback in Argo CD's UI: write what runs now into git and turn auto-sync on again",
    )
    .addHelpText(
      'after',
      [
        '',
        'Only image tags go back: charts, values and the database stay. Again goes further back.',
        'The sources stay too: the next ship brings them out again, so mend them first.',
        '',
        'Examples:',
        '  npm run rollback                      the images before the last change',
        '  npm run rollback backend              those of one service',
        '  npm run rollback -- --to 1a2b3c4d     those of a commit, of tags or of sources',
        '  npm run rollback -- --adopt           keep what a rollback in the UI brought',
      ].join('\n'),
    );
  for (const option of clusterOptions()) command.addOption(option);
  return command.action(async (service: string | undefined, flags: Flags) => {
    const { env, timeout, json = false, to, adopt } = flags;
    const options = { profile: profileFrom(flags.profile), env, timeout, json };
    if (adopt) {
      if (service !== undefined || to !== undefined) {
        throw new UserError(
          '--adopt takes what runs now; it goes together with neither a service nor --to.',
          'Give one of them.',
        );
      }
      const { adopt } = await import('../operations/adopt.ts');
      const result = await adopt(options);
      console.log(
        json
          ? JSON.stringify(result)
          : `git has what runs in ${env}, auto-sync is on (${seconds(result.totalMs)})`,
      );
      return;
    }
    const { rollback } = await import('../operations/rollback.ts');
    const result = await rollback({ ...options, service, to });
    if (json) return console.log(JSON.stringify(result));
    const what = Object.keys(result.changed).join(', ') || 'nothing';
    console.log(
      result.waits
        ? `git has ${env} rolled back to ${result.to.slice(0, 12)}: ${result.waits}`
        : `rolled back ${what} in ${env} to ${result.to.slice(0, 12)} in ${seconds(result.totalMs)}: ${result.restarted.join(', ') || 'nothing'} restarted`,
    );
  });
}
