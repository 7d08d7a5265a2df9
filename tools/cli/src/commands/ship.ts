import { Command } from 'commander';
import { clusterOptions, type ClusterFlags } from '../command-options.ts';
import { tellInterruption } from '../interruption.ts';
import { profileFrom } from '../settings.ts';
import { seconds } from '../stages.ts';

/** `ship`: from an edit to healthy pods. */
export function shipCommand(): Command {
  const command = new Command('ship').description(
    'build what changed, deliver it, commit the values, push, and wait for healthy pods',
  );
  for (const option of clusterOptions()) command.addOption(option);
  return command.action(async (flags: ClusterFlags) => {
    tellInterruption();
    const { ship } = await import('../operations/ship.ts');
    const result = await ship({ ...flags, profile: profileFrom(flags.profile) });
    if (flags.json) return console.log(JSON.stringify(result));
    const { restarted, commit, totalMs } = result;
    console.log(
      restarted.length > 0
        ? `shipped ${commit.slice(0, 12)} in ${seconds(totalMs)}: ${restarted.join(', ')} restarted`
        : `nothing restarted; ${commit.slice(0, 12)} runs (${seconds(totalMs)})`,
    );
  });
}
