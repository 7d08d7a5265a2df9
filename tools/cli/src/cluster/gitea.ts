import { z } from 'zod';
import { until } from '../until.ts';
import { UserError } from '../user-error.ts';
import { kubectl, type Cluster } from './kubernetes.ts';
import { reasonOf } from './silence.ts';

export const GITEA_USER = 'todo';
export const GITEA_REPOSITORY = 'todo-chatbot';
/** Address inside the cluster; Argo CD's repoURL and the webhook's payload must both have it. */
export const GITEA_REPO_URL = `http://gitea.gitea.svc.cluster.local:3000/${GITEA_USER}/${GITEA_REPOSITORY}.git`;

/** Milliseconds for one answer of the git server, which is on this machine. */
const ANSWER_MS = 20_000;

export interface GitServer {
  /** URL on this machine, such as http://localhost:31234. */
  url: string;
  password: string;
}

/** Makes Gitea's user when it is missing, and its password the one in the Secret. */
export async function ensureGiteaUser({ context }: Cluster, server: GitServer): Promise<void> {
  const { password } = server;
  const gitea = (args: string[]) =>
    kubectl(context, [
      '-n',
      'gitea',
      'exec',
      'deploy/gitea',
      '--',
      'gitea',
      'admin',
      'user',
      ...args,
    ]);
  const users = await gitea(['list']);
  if (new RegExp(`^\\d+\\s+${GITEA_USER}\\s`, 'm').test(users)) {
    if ((await api(server, 'GET', '/user')).status !== 401) return;
    await gitea([
      'change-password',
      `--username=${GITEA_USER}`,
      `--password=${password}`,
      '--must-change-password=false',
    ]);
    return;
  }
  await gitea([
    'create',
    '--admin',
    `--username=${GITEA_USER}`,
    `--email=${GITEA_USER}@example.invalid`,
    `--password=${password}`,
    '--must-change-password=false',
  ]);
}

/** Makes the repository and its webhook to Argo CD when they are missing. */
export async function ensureRepository(server: GitServer, webhookSecret: string): Promise<void> {
  const repository = `/repos/${GITEA_USER}/${GITEA_REPOSITORY}`;
  if ((await api(server, 'GET', repository)).status === 404) {
    await expectOk(
      await api(server, 'POST', '/user/repos', {
        name: GITEA_REPOSITORY,
        private: true,
        default_branch: 'main',
        auto_init: false,
      }),
      'make the repository',
    );
  }
  const url = 'https://argocd-server.argocd.svc/api/webhook';
  const hooks = z
    .array(z.object({ config: z.object({ url: z.string() }) }))
    .parse(
      await (
        await expectOk(await api(server, 'GET', `${repository}/hooks`), 'list webhooks')
      ).json(),
    );
  if (hooks.some((hook) => hook.config.url === url)) return;
  await expectOk(
    await api(server, 'POST', `${repository}/hooks`, {
      // Argo CD knows Gitea's payload under the name of its ancestor.
      type: 'gogs',
      active: true,
      events: ['push'],
      config: { url, content_type: 'json', secret: webhookSecret },
    }),
    'make the webhook',
  );
}

/**
 * Waits until Gitea answers on this machine.
 * @param watch says what is wrong in the cluster, and throws when it will not pass
 */
export function waitForGitea(url: string, watch: () => Promise<string | undefined>): Promise<true> {
  return until(
    async () => {
      const response = await fetch(`${url}/api/healthz`, {
        signal: AbortSignal.timeout(ANSWER_MS),
      }).catch((error: Error) => reasonOf(error));
      if (typeof response !== 'string' && response.ok) return true;
      const answer = typeof response === 'string' ? response : `it answered ${response.status}`;
      return (await watch()) ?? answer;
    },
    {
      what: 'the git server',
      seconds: 180,
      hint: 'Look at "kubectl -n gitea get pods" and "kubectl -n gitea logs deploy/gitea".',
    },
  );
}

function api(
  { url, password }: GitServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  return fetch(`${url}/api/v1${path}`, {
    method,
    signal: AbortSignal.timeout(ANSWER_MS),
    headers: {
      authorization: `Basic ${Buffer.from(`${GITEA_USER}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function expectOk(response: Response, action: string): Promise<Response> {
  if (response.ok) return response;
  throw new UserError(
    `The git server did not ${action}: ${response.status} ${(await response.text()).slice(0, 200)}`,
    'Look at "kubectl -n gitea logs deploy/gitea".',
  );
}
