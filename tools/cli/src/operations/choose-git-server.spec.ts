import { describe, expect, it } from 'vitest';
import { GITEA_REPO_URL } from '../cluster/gitea.ts';
import type { Cluster } from '../cluster/kubernetes.ts';
import { parseRepoUrl } from '../repo-url.ts';
import { namedGitServer, settleGitServer } from './choose-git-server.ts';

const repo = parseRepoUrl('ssh://git@git.example.com/me/todo.git');
const named = { outside: true, repo } as const;

/** A cluster that remembers this repository; none when left out. */
function clusterWith(data?: Record<string, string>): Cluster {
  const encode = ([key, value]: [string, string]) => [key, Buffer.from(value).toString('base64')];
  const readNamespacedSecret = () =>
    data
      ? Promise.resolve({ data: Object.fromEntries(Object.entries(data).map(encode)) })
      : Promise.reject(Object.assign(new Error('not found'), { code: 404 }));
  return { core: { readNamespacedSecret } } as unknown as Cluster;
}
const following = clusterWith({ url: repo.url, sshPrivateKey: 'k' });

describe('the git server that up chooses', () => {
  it('is the one in the cluster when nobody says anything', async () => {
    expect(await namedGitServer(undefined, {})).toBeUndefined();
    const chosen = { server: { outside: false }, changed: false };
    expect(await settleGitServer(clusterWith(), undefined, {})).toEqual(chosen);
    expect(await settleGitServer(clusterWith({ url: GITEA_REPO_URL }), undefined, {})).toEqual(
      chosen,
    );
  });

  it('stays the one outside, with the credentials that the cluster has', async () => {
    const chosen = { server: named, changed: false };
    expect(await settleGitServer(following, undefined, {})).toEqual(chosen);
    expect(await settleGitServer(following, named, {})).toEqual(chosen);
  });

  it('is the one in the cluster again when it is named', async () => {
    const inside = await namedGitServer('in-cluster', { TODO_GIT_TOKEN: 'ignored' });
    expect(await settleGitServer(following, inside, {})).toEqual({
      server: { outside: false },
      changed: true,
    });
  });

  it('needs credentials when the cluster has none, or those for another', async () => {
    for (const cluster of [
      clusterWith(),
      clusterWith({ url: `${repo.url}x`, sshPrivateKey: 'k' }),
    ]) {
      await expect(settleGitServer(cluster, named, {})).rejects.toThrow(/needs a key/);
    }
  });
});
