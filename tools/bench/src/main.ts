import { Command } from 'commander';
import { UserError } from '@todo/cli';
import { gitopsCommand } from './gitops/command.ts';

const program = new Command('bench')
  .description('Measures the line from an edit to pods. Choose what to measure:')
  .showHelpAfterError('Run with --help to see what can be measured.')
  .addCommand(gitopsCommand());

// Asked for nothing in particular, it lists the benches.
if (process.argv.length === 2) {
  program.outputHelp();
  process.exit();
}

try {
  await program.parseAsync();
  process.exit();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(`error: ${error.message}\n${error.hint}`);
  process.exit(1);
}
