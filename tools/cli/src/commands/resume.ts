import { Command } from 'commander';
import { clusterOptions, type ClusterFlags } from '../command-options.ts';
import { profileFrom } from '../settings.ts';
import { seconds } from '../stages.ts';

/** `resume`: git wins over a rollback in Argo CD's UI. */
export function resumeCommand(): Command {
  const command = new Command('resume')
    .description('turn auto-sync on again and deploy what git says, and wait for healthy pods')
    .addHelpText(
      'after',
      [
        '',
        "A rollback in Argo CD's UI pauses auto-sync. This ends the pause and undoes that rollback;",
        '"rollback --adopt" ends it too, and keeps what runs.',
        '',
        'Example:',
        '  npm run resume',
      ].join('\n'),
    );
  for (const option of clusterOptions()) command.addOption(option);
  return command.action(async (flags: ClusterFlags) => {
    const { resume } = await import('../operations/resume.ts');
    const result = await resume({ ...flags, profile: profileFrom(flags.profile) });
    console.log(
      flags.json
        ? JSON.stringify(result)
        : `${result.wasPaused ? 'auto-sync is on again' : 'auto-sync was on'}; ${result.commit.slice(0, 12)} runs (${seconds(result.totalMs)})`,
    );
  });
}
