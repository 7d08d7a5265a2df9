import { Command } from 'commander';
import { profileOption, timeoutOption } from '../command-options.ts';
import { profileFrom } from '../settings.ts';

/** `e2e`: the product as a person meets it. */
export function e2eCommand(): Command {
  return new Command('e2e')
    .description(
      'bring the product up and test it through a browser; on a cluster also edit, ship, undo',
    )
    .option('--local', 'test the product as it runs on this machine without a cluster')
    .addOption(profileOption())
    .addOption(timeoutOption())
    .action(async (flags: { local?: boolean; profile?: string; timeout: number }) => {
      const { e2e } = await import('../operations/e2e.ts');
      if (!(await e2e({ ...flags, profile: profileFrom(flags.profile) }))) process.exitCode = 1;
    });
}
