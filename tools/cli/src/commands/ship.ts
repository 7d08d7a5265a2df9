import { Command } from 'commander';
import { clusterOptions, type ClusterFlags } from '../command-options.ts';
import { openImageBuilder } from '../image-builder.ts';
import { tellInterruption } from '../interruption.ts';
import type { ShipResult } from '../operations/ship.ts';
import { profileFrom } from '../settings.ts';
import { seconds } from '../stages.ts';

interface Flags extends ClusterFlags {
  dryRun?: boolean;
  allowDirty?: boolean;
  rollbackOnFailure?: boolean;
}

/** `ship`: from an edit to healthy pods. */
export function shipCommand(): Command {
  const command = new Command('ship')
    .description(
      'build what changed, deliver it, commit the values, push, and wait for healthy pods',
    )
    .option('--dry-run', 'only say which images, files and pods would change')
    .option('--allow-dirty', 'ship sources that no commit has')
    .option(
      '--rollback-on-failure',
      'when the new pods do not become healthy, bring the images back that ran before',
    )
    .addHelpText(
      'after',
      [
        '',
        'Compares image tags, which are hashes of the sources, with git and with the registry; so a',
        'ship that failed or was stopped is finished by the next one, and one with nothing to do',
        'does nothing.',
        '',
        'Examples:',
        '  npm run ship',
        '  npm run ship -- --dry-run',
        '  npm run ship -- --rollback-on-failure --timeout 60',
      ].join('\n'),
    );
  for (const option of clusterOptions()) command.addOption(option);
  return command.action(async (flags: Flags) => {
    tellInterruption();
    // It loads while this process does.
    const builder = openImageBuilder();
    const { ship, forecastShip } = await import('../operations/ship.ts');
    const options = { ...flags, profile: profileFrom(flags.profile), builder };
    if (flags.dryRun) {
      const result = await forecastShip(options);
      const { describeForecast } = await import('../forecast.ts');
      const dirty = result.dirty.map((file) => `not committed: ${file}`);
      console.log(
        flags.json
          ? JSON.stringify(result)
          : [...describeForecast(result.forecast), ...dirty].join('\n'),
      );
      return;
    }
    const result = await ship(options);
    console.log(flags.json ? JSON.stringify(result) : summary(result));
  });
}

function summary({ commit, restarted, surprises, waits, totalMs }: ShipResult): string {
  const short = commit.slice(0, 12);
  const first = waits
    ? `git has ${short}: ${waits}`
    : restarted.length > 0
      ? `shipped ${short} in ${seconds(totalMs)}: ${restarted.join(', ')} restarted`
      : `nothing restarted; ${short} runs (${seconds(totalMs)})`;
  return [first, ...surprises.map((one) => `other than forecast: ${one}`)].join('\n');
}
