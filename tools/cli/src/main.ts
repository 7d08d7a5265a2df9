import './quick-start.ts';
import { Command } from 'commander';
import { deliverCommand } from './commands/deliver.ts';
import { diffCommand } from './commands/diff.ts';
import { downCommand } from './commands/down.ts';
import { e2eCommand } from './commands/e2e.ts';
import { promoteCommand } from './commands/promote.ts';
import { resumeCommand } from './commands/resume.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { shipCommand } from './commands/ship.ts';
import { startCommand } from './commands/start.ts';
import { statusCommand } from './commands/status.ts';
import { testCommand } from './commands/test.ts';
import { traceCommand } from './commands/trace.ts';
import { upCommand } from './commands/up.ts';
import { waitCommand } from './commands/wait.ts';
import type { UserError } from './user-error.ts';

const program = new Command('todo')
  .description('Runs, ships and looks after the Todo Chatbot.')
  .showHelpAfterError('Run with --help to see what is possible.');

const commands = [
  startCommand(),
  upCommand(),
  downCommand(),
  shipCommand(),
  deliverCommand(),
  statusCommand(),
  waitCommand(),
  traceCommand(),
  diffCommand(),
  rollbackCommand(),
  resumeCommand(),
  promoteCommand(),
  testCommand(),
  e2eCommand(),
];
for (const command of commands) {
  program.addCommand(command.copyInheritedSettings(program));
}

/** UserError, or an error of a library that says as well what to do. */
function isForPeople(error: unknown): error is UserError {
  return error instanceof Error && typeof (error as { hint?: unknown }).hint === 'string';
}

try {
  await program.parseAsync();
  process.exit();
} catch (error) {
  if (!isForPeople(error)) throw error;
  console.error(`error: ${error.message}\n${error.hint}`);
  process.exit(1);
}
