import { spawn } from 'node:child_process';
import { command } from './command.ts';

/** What an Application for a test reads and where it puts it. */
export interface ApplicationSpec {
  project: string;
  repoURL: string;
  targetRevision: string;
  path: string;
  /** Files below the path. */
  include: string;
  namespace: string;
}

/** An Application of Argo CD that a test makes, and what Argo CD says of it. */
export function applicationOf(profile: string, name: string, spec: ApplicationSpec) {
  const kubectl = (...args: string[]) =>
    command('kubectl', ['--context', profile, '-n', 'argocd', ...args]);
  const status = async (path: string) =>
    kubectl('get', 'application', name, `-o=jsonpath={.status.${path}}`);
  const { project, namespace, repoURL, targetRevision, path, include } = spec;
  return {
    /** Makes it anew. */
    async make() {
      await kubectl('delete', 'application', name, '--ignore-not-found');
      await create(profile, {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name, namespace: 'argocd' },
        spec: {
          project,
          destination: { server: 'https://kubernetes.default.svc', namespace },
          source: { repoURL, targetRevision, path, directory: { include } },
        },
      });
    },
    /** Presses Sync. */
    sync: () =>
      kubectl('patch', 'application', name, '--type=merge', '--patch', '{"operation":{"sync":{}}}'),
    conditions: async () => (await status('conditions[*].message')).split('\n'),
    health: () => status('health.status'),
    /** Phase and message of the sync, and what it says of each object. */
    operation: () =>
      status("operationState['phase','message']").then(
        async (text) => `${text} ${await status('operationState.syncResult.resources[*].message')}`,
      ),
  };
}

function create(profile: string, manifest: object): Promise<void> {
  const kubectl = spawn('kubectl', ['--context', profile, 'create', '-f', '-'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  kubectl.stdin.end(JSON.stringify(manifest));
  return new Promise((resolve, reject) => {
    kubectl.on('error', reject);
    kubectl.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`kubectl create ended with ${code}`)),
    );
  });
}
