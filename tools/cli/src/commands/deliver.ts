import { Command } from 'commander';
import { jsonOption, profileOption, type ClusterFlags } from '../command-options.ts';
import { openImageBuilder } from '../image-builder.ts';
import { tellInterruption } from '../interruption.ts';
import { profileFrom } from '../settings.ts';
import { seconds } from '../stages.ts';

/** `deliver`: from Docker on this machine to the cluster's registry. */
export function deliverCommand(): Command {
  return new Command('deliver')
    .description("push the images of your sources to the cluster's registry; part of ship")
    .addOption(profileOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      [
        '',
        'Builds nothing, and pushes only images that the registry lacks, of them only new layers.',
        '',
        'Example, a ship step by step:',
        '  npx nx affected -t docker-build',
        '  npm run deliver',
        '  npx nx g @todo/workspace:values --env=dev',
        '  git commit -am "Ship it" && git push minikube main',
        '  npm run wait',
      ].join('\n'),
    )
    .action(async (flags: Pick<ClusterFlags, 'profile' | 'json'>) => {
      tellInterruption();
      // It loads while this process does.
      const builder = openImageBuilder();
      const { deliver } = await import('../operations/deliver.ts');
      const result = await deliver({ ...flags, profile: profileFrom(flags.profile), builder });
      const names = result.delivered.join(', ');
      console.log(
        flags.json
          ? JSON.stringify(result)
          : names
            ? `delivered ${names} in ${seconds(result.totalMs)}`
            : `nothing to deliver: the registry holds all images (${seconds(result.totalMs)})`,
      );
    });
}
