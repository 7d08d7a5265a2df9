import { Command } from 'commander';
import { clusterOptions, type ClusterFlags } from '../command-options.ts';
import { profileFrom } from '../settings.ts';
import { seconds } from '../stages.ts';

/** `wait`: until a pushed commit runs. */
export function waitCommand(): Command {
  const command = new Command('wait')
    .description('wait until a pushed commit is applied and all pods are healthy')
    .argument('[commit]', 'the commit to wait for; HEAD when left out')
    .addHelpText(
      'after',
      [
        '',
        'When something newer was pushed since, waits for that: it holds the commit too.',
        '',
        'Example:',
        '  git push minikube main && npm run wait -- --timeout 60',
      ].join('\n'),
    );
  for (const option of clusterOptions()) command.addOption(option);
  return command.action(async (commit: string | undefined, flags: ClusterFlags) => {
    const { wait } = await import('../operations/wait.ts');
    const result = await wait({ ...flags, commit, profile: profileFrom(flags.profile) });
    console.log(
      flags.json
        ? JSON.stringify(result)
        : `${result.applied.slice(0, 12)} runs in ${result.environment}, all pods are healthy (${seconds(result.totalMs)})`,
    );
  });
}
