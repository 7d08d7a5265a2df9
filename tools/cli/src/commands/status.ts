import { Command } from 'commander';
import { lookOptions, type ClusterFlags } from '../command-options.ts';
import { openImageBuilder } from '../image-builder.ts';
import { profileFrom } from '../settings.ts';

/** `status`: how an environment stands, on one screen. */
export function statusCommand(): Command {
  const command = new Command('status')
    .description('show how an environment stands: git, Argo CD, pods, drift, what is not shipped')
    .addHelpText(
      'after',
      [
        '',
        'Exit code 0 when the cluster is well, 2 when something in it needs attention. Commits that',
        'are not pushed and sources that are not shipped are your work in progress, and need none.',
        'With Helm on this machine, drift is told field by field.',
        '',
        'Examples:',
        '  npm run status',
        '  npm run status -- --json',
      ].join('\n'),
    );
  for (const option of lookOptions()) command.addOption(option);
  return command.action(async (flags: ClusterFlags) => {
    // It loads while this process does.
    const builder = openImageBuilder();
    const { status } = await import('../operations/status.ts');
    const { screen } = await import('../status-screen.ts');
    const result = await status({ profile: profileFrom(flags.profile), env: flags.env, builder });
    console.log(flags.json ? JSON.stringify(result) : screen(result));
    if (result.attention.length > 0) process.exitCode = 2;
  });
}
