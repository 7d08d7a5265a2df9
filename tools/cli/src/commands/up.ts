import { Command } from 'commander';
import { jsonOption, profileOption, timeoutOption } from '../command-options.ts';
import { tellInterruption } from '../interruption.ts';
import { profileFrom } from '../settings.ts';
import { seconds } from '../stages.ts';

export interface UpFlags {
  profile?: string;
  timeout: number;
  json?: boolean;
}

/** `up`: from nothing, or from wherever an earlier run stopped, to a page that answers. */
export function upCommand(): Command {
  return new Command('up')
    .description('bring up the cluster with everything in it; run again to go on or to repair')
    .addOption(profileOption())
    .addOption(timeoutOption())
    .addOption(jsonOption())
    .action(bringUp);
}

/** Brings the cluster up and prints where everything is. */
export async function bringUp(flags: UpFlags): Promise<void> {
  tellInterruption();
  const { up } = await import('../operations/up.ts');
  const { json = false, timeout } = flags;
  const result = await up({ profile: profileFrom(flags.profile), timeout, json });
  if (json) return console.log(JSON.stringify({ mode: 'cluster', ...result }));
  const password = `kubectl --context ${result.profile} -n argocd get secret argocd-initial-admin-secret -o go-template='{{.data.password | base64decode}}'`;
  console.log(
    [
      `ready ${result.urls.frontend}`,
      `  ingress  ${result.urls.ingress}`,
      `  Argo CD  ${result.urls.argocd} (user admin; password: ${password})`,
      `  git      git push minikube main`,
      `up in ${seconds(result.totalMs)}. Next: edit something and run "npm run ship".`,
    ].join('\n'),
  );
}
