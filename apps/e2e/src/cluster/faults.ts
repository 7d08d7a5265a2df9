import { command } from './command.ts';
import { waitUntil } from '../page/wait-until.ts';

/** Mends what was broken; calling it again changes nothing. */
export type Heal = () => Promise<void>;

/** Ways to break a cluster, each answered by the way to mend it. */
export type Faults = ReturnType<typeof openFaults>;

/** @param profile its kubeconfig context has the same name */
export function openFaults(profile: string) {
  const kubectl = (...args: string[]) => command('kubectl', ['--context', profile, ...args]);
  const node = (...args: string[]) => command('docker', ['exec', profile, ...args]);

  /** Argo CD starts again what it keeps, unless its auto-sync is off. */
  const followGit = (application: string, enabled: false | null) =>
    kubectl(
      ...['-n', 'argocd', 'patch', 'application', application, '--type=merge', '--patch'],
      JSON.stringify({ spec: { syncPolicy: { automated: { enabled } } } }),
    );
  const scale = (namespace: string, object: string, replicas: number) =>
    kubectl('-n', namespace, 'scale', object, `--replicas=${replicas}`);
  const isReady = async (namespace: string, object: string) => {
    const status = ['rollout', 'status', object, '--watch=false'];
    return /successfully rolled out/.test(await kubectl('-n', namespace, ...status));
  };

  return {
    kubectl,
    node,

    /** Takes all pods of a Deployment away, as long as it is not mended. */
    async switchOff(namespace: string, name: string): Promise<Heal> {
      const object = `deployment/${name}`;
      const kept = namespace !== 'argocd';
      const heal = async () => {
        await scale(namespace, object, 1);
        if (kept) await followGit('platform', null);
        await waitUntil(`${name} runs`, () => isReady(namespace, object), 120_000);
      };
      try {
        if (kept) await followGit('platform', false);
        await scale(namespace, object, 0);
        const running = ['get', 'pods', '--field-selector=status.phase=Running', '-o', 'name'];
        await waitUntil(
          `${name} is gone`,
          async () => !(await kubectl('-n', namespace, ...running)).includes(`/${name}-`),
          60_000,
        );
      } catch (error) {
        await heal();
        throw error;
      }
      return heal;
    },

    /** Gives Argo CD, and who pushes, a password that the git server does not take. */
    async spoilGitPassword(): Promise<Heal> {
      const secret = ['secret', 'todo-chatbot-repository'];
      const patch = (data: object) =>
        kubectl(
          ...['-n', 'argocd', 'patch', ...secret, '--type=merge'],
          ...['--patch', JSON.stringify(data)],
        );
      const path = 'jsonpath={.data.password}';
      const password = await kubectl('-n', 'argocd', 'get', ...secret, '-o', path);
      await patch({ stringData: { password: 'expired' } });
      return async () => void (await patch({ data: { password } }));
    },

    /** Changes the password of the git server's user, as an administrator may; `up` mends it. */
    async changeGitPassword(): Promise<Heal> {
      await kubectl(
        ...['-n', 'gitea', 'exec', 'deploy/gitea', '--', 'gitea', 'admin', 'user'],
        ...['change-password', '--username=todo', '--password=another-one-than-the-cluster-has'],
        '--must-change-password=false',
      );
      return () => Promise.resolve();
    },
  };
}
