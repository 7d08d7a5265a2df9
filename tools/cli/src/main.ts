import { Command, Option } from 'commander';
import { promoteCommand } from './commands/promote.ts';
import { resumeCommand } from './commands/resume.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { statusCommand } from './commands/status.ts';
import { diffCommand } from './commands/diff.ts';
import { traceCommand } from './commands/trace.ts';
import { waitCommand } from './commands/wait.ts';
import { environmentFrom, profileFrom } from './settings.ts';
import { seconds } from './stages.ts';
import { UserError } from './user-error.ts';

const profile = () =>
  new Option(
    '-p, --profile <name>',
    'minikube profile (environment: TODO_PROFILE; default: todo)',
  ).argParser(String);
const timeout = () =>
  new Option('--timeout <seconds>', 'how long each wait may take').argParser(positive).default(300);
const json = () => new Option('--json', 'print one JSON object on standard output, nothing else');

const program = new Command('todo')
  .description('Runs, ships and looks after the Todo Chatbot.')
  .showHelpAfterError('Run with --help to see what is possible.');

program
  .command('start')
  .description(
    'run the product: on the cluster when Docker and minikube are here, else on this machine',
  )
  .option('--local', 'run on this machine, without Docker: an embedded PostgreSQL and the services')
  .option('--cluster', 'run on the minikube cluster, as "npm run up" does')
  .option('--port <number>', "local: the frontend's port; 0 takes any free one", port)
  .option('--data <folder>', 'local: where the database lives (default: .todo/local)')
  .option('--reset', 'local: begin with an empty database')
  .addOption(profile())
  .addOption(timeout())
  .addOption(json())
  .action(async (options) => {
    const { chooseMode, startHere } = await import('./commands/start.ts');
    const { mode, why } = await chooseMode(options);
    if (!options.json) console.error(`mode: ${mode} (${why})`);
    if (mode === 'local') return startHere(options);
    await bringUp(options);
  });

program
  .command('up')
  .description('bring up the cluster with everything in it; run again to go on or to repair')
  .addOption(profile())
  .addOption(timeout())
  .addOption(json())
  .action(bringUp);

program
  .command('down')
  .description('stop the cluster; its data stays')
  .addOption(profile())
  .option('--delete', 'delete the cluster with all its data, and the git remote')
  .action(async (options) => {
    const { down } = await import('./commands/down.ts');
    await down({ ...options, profile: profileFrom(options.profile) });
  });

program
  .command('ship')
  .description('build what changed, deliver it, commit the values, push, and wait for healthy pods')
  .addOption(profile())
  .option('--env <name>', 'environment under gitops/environments', 'dev')
  .addOption(timeout())
  .addOption(json())
  .action(async (options) => {
    tellInterruption();
    const { ship } = await import('./commands/ship.ts');
    const result = await ship({
      ...options,
      profile: profileFrom(options.profile),
      env: environmentFrom(options.env),
    });
    if (options.json) return print(result);
    const { restarted, commit, totalMs } = result;
    print(
      restarted.length > 0
        ? `shipped ${commit.slice(0, 12)} in ${seconds(totalMs)}: ${restarted.join(', ')} restarted`
        : `nothing restarted; ${commit.slice(0, 12)} runs (${seconds(totalMs)})`,
    );
  });

program
  .command('test')
  .description(
    'check formatting, generated files, lint, types and tests; needs no Docker and no cluster',
  )
  .action(async () => {
    const { test } = await import('./commands/test.ts');
    if (!(await test())) process.exitCode = 1;
  });

program
  .command('e2e')
  .description(
    'bring the product up and test it through a browser; on a cluster also edit, ship, undo',
  )
  .option('--local', 'test the product as it runs on this machine without a cluster')
  .addOption(profile())
  .addOption(timeout())
  .action(async (options) => {
    const { e2e } = await import('./commands/e2e.ts');
    if (!(await e2e({ ...options, profile: profileFrom(options.profile) }))) process.exitCode = 1;
  });

program.addCommand(rollbackCommand());
program.addCommand(resumeCommand());
program.addCommand(promoteCommand());
program.addCommand(statusCommand());
program.addCommand(waitCommand());
program.addCommand(traceCommand());
program.addCommand(diffCommand());

interface UpFlags {
  profile?: string;
  timeout: number;
  json?: boolean;
}

/** Ctrl-C: nothing needs undoing, because every command goes on from what it finds. */
function tellInterruption(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      console.error('\ninterrupted: run the same command again; it goes on from here.');
      process.exit(130);
    });
  }
}

async function bringUp(options: UpFlags): Promise<void> {
  tellInterruption();
  const { up } = await import('./commands/up.ts');
  const result = await up({ ...options, profile: profileFrom(options.profile) });
  if (options.json) return print({ mode: 'cluster', ...result });
  const password = `kubectl --context ${result.profile} -n argocd get secret argocd-initial-admin-secret -o go-template='{{.data.password | base64decode}}'`;
  print(
    [
      `ready ${result.urls.frontend}`,
      `  ingress  ${result.urls.ingress}`,
      `  Argo CD  ${result.urls.argocd} (user admin; password: ${password})`,
      `  git      git push minikube main`,
      `up in ${seconds(result.totalMs)}. Next: edit something and run "npm run ship".`,
    ].join('\n'),
  );
}

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new UserError(
      `"${text}" is not a port.`,
      'Give a number from 0 to 65535; 0 takes any free one.',
    );
  }
  return number;
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0) {
    throw new UserError(
      `"${text}" is not a number of seconds.`,
      'Give a number above 0, such as --timeout 300.',
    );
  }
  return number;
}

function print(value: unknown): void {
  console.log(typeof value === 'string' ? value : JSON.stringify(value));
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
