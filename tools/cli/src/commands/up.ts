import { Command } from 'commander';
import { jsonOption, profileOption, timeoutOption } from '../command-options.ts';
import { tellInterruption } from '../interruption.ts';
import { repoUrlFrom, type IN_CLUSTER, type RepoUrl } from '../repo-url.ts';
import { profileFrom } from '../settings.ts';
import { seconds } from '../stages.ts';

export interface UpFlags {
  profile?: string;
  repoUrl?: RepoUrl | typeof IN_CLUSTER;
  showPassword?: boolean;
  timeout: number;
  json?: boolean;
}

/** `up`: from nothing, or from wherever an earlier run stopped, to a page that answers. */
export function upCommand(): Command {
  return new Command('up')
    .description('bring up the cluster with everything in it; run again to go on or to repair')
    .addOption(profileOption())
    .option(
      '--repo-url <url>',
      'git server to follow from now on: https://…, ssh://…, git@host:path, or in-cluster',
      repoUrlFrom,
    )
    .option('--show-password', "print the password of Argo CD's user admin")
    .addOption(timeoutOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      [
        '',
        'Credentials for --repo-url come from the environment or .env: TODO_GIT_TOKEN and',
        'TODO_GIT_USERNAME for https, TODO_GIT_SSH_KEY and TODO_GIT_KNOWN_HOSTS (files) for ssh.',
        '',
        'Examples:',
        '  npm run up',
        '  TODO_GIT_TOKEN=… npm run up -- --repo-url https://github.com/me/todo.git',
        '  npm run up -- --repo-url in-cluster',
      ].join('\n'),
    )
    .action(bringUp);
}

/** Brings the cluster up and prints where everything is. */
export async function bringUp(flags: UpFlags): Promise<void> {
  tellInterruption();
  const [{ up }, { adminPassword }, { openCluster }] = await Promise.all([
    import('../operations/up.ts'),
    import('../cluster/argocd.ts'),
    import('../cluster/kubernetes.ts'),
  ]);
  const { json = false, timeout, repoUrl } = flags;
  const profile = profileFrom(flags.profile);
  const result = await up({ profile, timeout, json, repoUrl });
  const password = flags.showPassword ? await adminPassword(openCluster(profile)) : undefined;
  if (json) {
    const secret = password ? { argocdPassword: password } : {};
    return console.log(JSON.stringify({ mode: 'cluster', ...result, ...secret }));
  }
  console.log(
    [
      `ready ${result.urls.frontend}`,
      `  ingress  ${result.urls.ingress}`,
      `  Argo CD  ${result.urls.argocd} (user admin, ${password ? `password ${password}` : 'password: npm run up -- --show-password'})`,
      `  git      git push minikube main${result.outside ? ` (${result.repository})` : ''}`,
      `up in ${seconds(result.totalMs)}. Next: edit something and run "npm run ship".`,
    ].join('\n'),
  );
}
