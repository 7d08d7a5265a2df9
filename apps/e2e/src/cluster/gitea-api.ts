import { command } from './command.ts';

/** What somebody else can do at the git server inside the cluster, without a checkout. */
export interface GiteaApi {
  /** A file's text on main. */
  read: (path: string) => Promise<string>;
  /**
   * Commits a file on top of main.
   * @param branch a new branch for it; main when left out
   * @returns the commit
   */
  commit: (path: string, text: string, branch?: string) => Promise<string>;
  removeBranch: (branch: string) => Promise<void>;
}

interface File {
  sha: string;
  content: string;
}

/** Signs in to the git server of a profile, through the port that the profile publishes. */
export async function openGitea(profile: string): Promise<GiteaApi> {
  const published = await command('docker', ['port', profile, '30030']);
  const port = /:(\d+)$/m.exec(published)?.[1] ?? '';
  const password = await command('kubectl', [
    ...['--context', profile, '-n', 'gitea', 'get', 'secret', 'gitea-secrets'],
    ...['-o', 'go-template={{.data.ADMIN_PASSWORD | base64decode}}'],
  ]);
  const call = (method: string, path: string, body?: object) =>
    fetch(`http://localhost:${port}/api/v1/repos/todo/todo-chatbot/${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`todo:${password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const expectOk = async (response: Response) => {
    if (!response.ok)
      throw new Error(`Gitea answered ${response.status}: ${await response.text()}`);
    return response;
  };
  const find = async (path: string) => {
    const response = await call('GET', `contents/${path}?ref=main`);
    return response.status === 404
      ? undefined
      : ((await (await expectOk(response)).json()) as File);
  };
  return {
    async read(path) {
      const file = await find(path);
      if (!file) throw new Error(`main has no ${path}.`);
      return Buffer.from(file.content, 'base64').toString();
    },
    async commit(path, text, branch) {
      const there = await find(path);
      const response = await call(there ? 'PUT' : 'POST', `contents/${path}`, {
        content: Buffer.from(text).toString('base64'),
        message: `Change ${path}`,
        branch: 'main',
        ...(there ? { sha: there.sha } : {}),
        ...(branch ? { new_branch: branch } : {}),
      });
      const { commit } = (await (await expectOk(response)).json()) as { commit: { sha: string } };
      return commit.sha;
    },
    async removeBranch(branch) {
      await expectOk(await call('DELETE', `branches/${branch}`));
    },
  };
}
