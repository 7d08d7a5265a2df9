import { execa } from 'execa';
import { ARGOCD_NAMESPACE } from './cluster/argocd.ts';
import { REPOSITORY_SECRET, type Remote } from './cluster/git-source.ts';
import { run } from './command-line.ts';
import { gitServerError } from './git-server-error.ts';
import { BRANCH, GIT_REMOTE } from './settings.ts';
import { UserError } from './user-error.ts';

/** A person's checkout and what the commands do with it. */
export type Repository = ReturnType<typeof openRepository>;

/** Opens the checkout in a folder. */
export function openRepository(folder: string) {
  const git = (args: string[], hint?: string) =>
    run('git', args, { cwd: folder, ...(hint ? { hint } : {}) });
  const attempt = (args: string[]) =>
    execa('git', args, { cwd: folder, reject: false, stdin: 'ignore' });
  /** Talks to the git server: asks nobody for a password, and gives up when it says nothing. */
  const talk = (args: string[]) =>
    execa('git', ['-c', 'http.lowSpeedLimit=1', '-c', 'http.lowSpeedTime=30', ...args], {
      cwd: folder,
      reject: false,
      stdin: 'ignore',
      env: { GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
    });
  const says = async (args: string[]) => (await attempt(args)).exitCode === 0;
  /** The commit that is checked out. */
  const head = () => git(['rev-parse', 'HEAD']);

  return {
    head,

    /** Files below these paths that differ from the checked-out commit, new ones included. */
    async uncommitted(paths: string[]): Promise<string[]> {
      const { stdout } = await attempt([
        'status',
        '--porcelain',
        '-z',
        '--no-renames',
        '--',
        ...paths,
      ]);
      return stdout
        .split('\0')
        .filter((entry) => entry !== '')
        .map((entry) => entry.slice(3));
    },

    /** A file's text as the checked-out commit has it; undefined when it has none. */
    async committedText(file: string): Promise<string | undefined> {
      const { exitCode, stdout } = await attempt(['show', `HEAD:${file}`]);
      return exitCode === 0 ? `${stdout}\n` : undefined;
    },

    /** Whether this checkout knows a commit. */
    has: (commit: string) => says(['cat-file', '-e', `${commit}^{commit}`]),

    /** Whether two commits have the same content below these paths. An unknown commit differs. */
    sameContent: (from: string, to: string, paths: string[]) =>
      says(['diff', '--quiet', from, to, '--', ...paths]),

    /** Whether the git server has every commit that is checked out here, as far as git knows. */
    isPushed: () =>
      says(['merge-base', '--is-ancestor', 'HEAD', `refs/remotes/${GIT_REMOTE}/${BRANCH}`]),

    /**
     * Asks the git server whether it has commits that the checked-out one does not build on.
     * @throws UserError when it has, or does not answer
     */
    async expectUpToDate(): Promise<void> {
      const newest = await this.fetch();
      if (!(await says(['merge-base', '--is-ancestor', newest, 'HEAD']))) throw behindServer();
    },

    /** Takes the newest commit back; its changes to files go with it. Others' changes stay. */
    dropNewestCommit: () => git(['reset', '--quiet', '--keep', 'HEAD~1']),

    /** Files that two commits have different. */
    async changedFiles(from: string, to: string): Promise<string[]> {
      const text = await git(['diff', '--name-only', '--no-renames', '-z', from, to]);
      return text.split('\0').filter((file) => file !== '');
    },

    /**
     * Asks the git server for its newest commit; the checkout stays as it is.
     * @throws UserError when it does not answer
     */
    async fetch(): Promise<string> {
      const { failed, stderr } = await talk(['fetch', '--quiet', GIT_REMOTE, BRANCH]);
      if (failed) throw gitServerError(`Fetching from ${GIT_REMOTE} failed`, stderr);
      return git(['rev-parse', 'FETCH_HEAD']);
    },

    /**
     * Commits one file, whatever else is staged or changed.
     * @returns the commit
     */
    async commitFile(file: string, message: string): Promise<string> {
      await git(['add', '--', file]);
      await git(
        ['commit', '--quiet', '--no-verify', '--message', message, '--', file],
        'Tell git who you are: git config user.name "…" and git config user.email "…".',
      );
      return head();
    },

    /**
     * Points the git remote at the server that the cluster follows. git asks the cluster for the
     * password each time, so that no file has it.
     * @param context kubeconfig context of the cluster
     */
    async ensureRemote(context: string, { url, passwordInCluster }: Remote): Promise<void> {
      const key = `credential.${url}.helper`;
      const [present, helper] = await Promise.all([
        attempt(['remote', 'get-url', GIT_REMOTE]),
        attempt(['config', '--local', '--get', key]),
      ]);
      if (present.stdout === url && (helper.exitCode === 0) === passwordInCluster) return;
      await this.removeRemote();
      await git(['remote', 'add', GIT_REMOTE, url]);
      if (!passwordInCluster) return;
      // An empty helper first: no other helper of the person's is asked, or told the password.
      await git(['config', '--local', '--replace-all', key, '']);
      await git(['config', '--local', '--add', key, credentialHelper(context)]);
    },

    /** Takes the remote away, with its credential helper. */
    async removeRemote(): Promise<void> {
      const { exitCode, stdout: url } = await attempt(['remote', 'get-url', GIT_REMOTE]);
      if (exitCode !== 0) return;
      await git(['remote', 'remove', GIT_REMOTE]);
      await attempt(['config', '--local', '--remove-section', `credential.${url}`]);
    },

    /**
     * Pushes the checked-out commit to the git server.
     * @throws UserError when the remote has commits that are missing here, or does not answer
     */
    async push(): Promise<void> {
      const branch = `HEAD:refs/heads/${BRANCH}`;
      const { failed, stderr } = await talk(['push', '--quiet', GIT_REMOTE, branch]);
      if (failed) throw pushError(stderr);
    },
  };
}

function credentialHelper(context: string): string {
  const template = ['username', 'password']
    .map((key) => `${key}={{.data.${key} | base64decode}}{{"\\n"}}`)
    .join('');
  return `!f() { test "$1" = get && kubectl --context ${context} --request-timeout=20s -n ${ARGOCD_NAMESPACE} get secret ${REPOSITORY_SECRET} -o 'go-template=${template}'; }; f`;
}

/** Somebody else has pushed in the meantime. */
export class BehindServer extends UserError {}

const behindServer = () =>
  new BehindServer(
    `${GIT_REMOTE}/${BRANCH} has commits that you do not have: nothing was pushed.`,
    `Run "git pull --rebase ${GIT_REMOTE} ${BRANCH}" and the same command again.`,
  );

function pushError(stderr: string): UserError {
  if (/fetch first|non-fast-forward|\[rejected\]/.test(stderr)) {
    return behindServer();
  }
  return gitServerError(`The push to ${GIT_REMOTE} failed`, stderr);
}
