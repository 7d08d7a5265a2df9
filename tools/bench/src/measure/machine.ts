import { cpus, release, totalmem, type } from 'node:os';
import { run } from '@todo/cli';

/** What a measurement was made on. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  os: string;
  docker: string;
  minikube: string;
  kubernetes: string;
}

/** Looks at this machine and at the cluster's version. */
export async function describeMachine(context: string): Promise<Machine> {
  const [docker, minikube, kubernetes] = await Promise.all([
    run('docker', ['version', '--format', '{{.Server.Version}}']),
    run('minikube', ['version', '--short']),
    run('kubectl', ['--context', context, 'version', '--output', 'json']),
  ]);
  const version = JSON.parse(kubernetes) as { serverVersion?: { gitVersion?: string } };
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()}`,
    docker,
    minikube,
    kubernetes: version.serverVersion?.gitVersion ?? 'unknown',
  };
}
