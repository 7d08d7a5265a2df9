import { Command, Option } from 'commander';
import { profileFrom } from './settings.ts';
import { seconds } from './stages.ts';
import { UserError } from './user-error.ts';

const profile = () =>
  new Option('-p, --profile <name>', 'minikube profile (environment: TODO_PROFILE; default: todo)').argParser(String);
const timeout = () =>
  new Option('--timeout <seconds>', 'how long each wait may take').argParser(positive).default(300);
const json = () => new Option('--json', 'print one JSON object on standard output, nothing else');

const program = new Command('todo')
  .description('Runs, ships and looks after the Todo Chatbot.')
  .showHelpAfterError('Run with --help to see what is possible.');

program
  .command('up')
  .description('bring up the cluster with everything in it; run again to go on or to repair')
  .addOption(profile())
  .addOption(timeout())
  .addOption(json())
  .action(async (options) => {
    const { up } = await import('./commands/up.ts');
    const result = await up({ ...options, profile: profileFrom(options.profile) });
    if (options.json) return print(result);
    print(
      [
        `ready ${result.urls.frontend}`,
        `  ingress  ${result.urls.ingress}`,
        `  Argo CD  ${result.urls.argocd}  (user admin; password: kubectl --context ${result.profile} -n argocd get secret argocd-initial-admin-secret -o go-template='{{.data.password | base64decode}}')`,
        `  git      git push minikube main`,
        `up in ${seconds(result.totalMs)}. Next: edit something and run "npm run ship".`,
      ].join('\n'),
    );
  });

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
    const { ship } = await import('./commands/ship.ts');
    const result = await ship({ ...options, profile: profileFrom(options.profile) });
    if (options.json) return print(result);
    const { restarted, commit, totalMs } = result;
    print(
      restarted.length > 0
        ? `shipped ${commit.slice(0, 12)} in ${seconds(totalMs)}: ${restarted.join(', ')} restarted`
        : `nothing restarted; ${commit.slice(0, 12)} runs (${seconds(totalMs)})`,
    );
  });

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0) {
    throw new UserError(`"${text}" is not a number of seconds.`, 'Give a number above 0, such as --timeout 300.');
  }
  return number;
}

function print(value: unknown): void {
  console.log(typeof value === 'string' ? value : JSON.stringify(value));
}

try {
  await program.parseAsync();
  process.exit();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(`error: ${error.message}\n${error.hint}`);
  process.exit(1);
}
