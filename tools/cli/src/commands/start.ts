import { Command } from 'commander';
import { jsonOption, portFrom, profileOption, timeoutOption } from '../command-options.ts';
import { bringUp, type UpFlags } from './up.ts';

interface Flags extends UpFlags {
  local?: boolean;
  cluster?: boolean;
  port?: number;
  data?: string;
  reset?: boolean;
}

/** `start`: the product, on the cluster or on this machine. */
export function startCommand(): Command {
  return new Command('start')
    .description(
      'run the product: on the cluster when Docker and minikube are here, else on this machine',
    )
    .option(
      '--local',
      'run on this machine, without Docker: an embedded PostgreSQL and the services',
    )
    .option('--cluster', 'run on the minikube cluster, as "npm run up" does')
    .option('--port <number>', "local: the frontend's port; 0 takes any free one", portFrom)
    .option('--data <folder>', 'local: where the database lives (default: .todo/local)')
    .option('--reset', 'local: begin with an empty database')
    .addOption(profileOption())
    .addOption(timeoutOption())
    .addOption(jsonOption())
    .action(async (flags: Flags) => {
      const { chooseMode, startHere } = await import('../operations/start.ts');
      const { mode, why } = await chooseMode(flags);
      if (!flags.json) console.error(`mode: ${mode} (${why})`);
      if (mode === 'local') return startHere(flags);
      await bringUp(flags);
    });
}
