import { Command } from 'commander';
import { profileOption } from '../command-options.ts';
import { profileFrom } from '../settings.ts';

/** `down`: stop the cluster, or delete it. */
export function downCommand(): Command {
  return new Command('down')
    .description('stop the cluster; its data stays')
    .addOption(profileOption())
    .option('--delete', 'delete the cluster with all its data, and the git remote')
    .action(async (flags: { profile?: string; delete?: boolean }) => {
      const { down } = await import('../operations/down.ts');
      await down({ ...flags, profile: profileFrom(flags.profile) });
    });
}
