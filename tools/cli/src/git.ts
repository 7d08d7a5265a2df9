import { execa } from 'execa';
import { run } from './command-line.ts';
import { BRANCH, GIT_REMOTE, root } from './settings.ts';
import { UserError } from './user-error.ts';
import { GITEA_REPOSITORY, GITEA_USER } from './cluster/gitea.ts';

export function git(args: string[], hint?: string): Promise<string> {
  return run('git', args, { cwd: root, ...(hint ? { hint } : {}) });
}

async function says(args: string[]): Promise<boolean> {
  return (await execa('git', args, { cwd: root, reject: false })).exitCode === 0;
}

/** The commit that is checked out. */
export const head = (): Promise<string> => git(['rev-parse', 'HEAD']);

/** Files below these paths that differ from the checked-out commit, new ones included. */
export async function uncommitted(paths: string[]): Promise<string[]> {
  const text = await git(['status', '--porcelain', '--', ...paths]);
  return text === '' ? [] : text.split('\n').map((line) => line.slice(3).trim());
}

/** Whether two commits have the same content below these paths. An unknown commit differs. */
export const sameContent = (from: string, to: string, paths: string[]): Promise<boolean> =>
  says(['diff', '--quiet', from, to, '--', ...paths]);

/** Whether the git server has every commit that is checked out here, as far as git knows. */
export const isPushed = (): Promise<boolean> =>
  says(['merge-base', '--is-ancestor', 'HEAD', `refs/remotes/${GIT_REMOTE}/${BRANCH}`]);

/**
 * Commits one file, whatever else is staged or changed.
 * @returns the commit
 */
export async function commitFile(file: string, message: string): Promise<string> {
  await git(['add', '--', file]);
  await git(
    ['commit', '--quiet', '--no-verify', '--message', message, '--', file],
    'Tell git who you are: git config user.name "…" and git config user.email "…".',
  );
  return head();
}

/**
 * Points the git remote at the cluster's git server. git asks the cluster for the password each
 * time, so that no file has it.
 */
export async function ensureRemote(context: string, gitUrl: string): Promise<void> {
  const url = `${gitUrl}/${GITEA_USER}/${GITEA_REPOSITORY}.git`;
  if (await says(['remote', 'get-url', GIT_REMOTE]))
    await git(['remote', 'set-url', GIT_REMOTE, url]);
  else await git(['remote', 'add', GIT_REMOTE, url]);
  const template = `username=${GITEA_USER}{{"\\n"}}password={{.data.ADMIN_PASSWORD | base64decode}}{{"\\n"}}`;
  const helper = `!f() { test "$1" = get && kubectl --context ${context} -n gitea get secret gitea-secrets -o 'go-template=${template}'; }; f`;
  const key = `credential.${gitUrl}.helper`;
  // An empty helper first: no other helper of the person's is asked, or told the password.
  await git(['config', '--local', '--replace-all', key, '']);
  await git(['config', '--local', '--add', key, helper]);
}

/** Takes the remote away, with its credential helper. */
export async function removeRemote(): Promise<void> {
  if (!(await says(['remote', 'get-url', GIT_REMOTE]))) return;
  const url = await git(['remote', 'get-url', GIT_REMOTE]);
  await git(['remote', 'remove', GIT_REMOTE]);
  await execa(
    'git',
    ['config', '--local', '--remove-section', `credential.${new URL(url).origin}`],
    {
      cwd: root,
      reject: false,
    },
  );
}

/**
 * Pushes the checked-out commit to the cluster's git server.
 * @throws UserError when the remote has commits that are missing here
 */
export async function push(): Promise<void> {
  const { failed, stderr } = await execa(
    'git',
    ['push', '--quiet', GIT_REMOTE, `HEAD:refs/heads/${BRANCH}`],
    {
      cwd: root,
      reject: false,
      stdin: 'ignore',
      env: { GIT_TERMINAL_PROMPT: '0' },
    },
  );
  if (!failed) return;
  if (/fetch first|non-fast-forward|\[rejected\]/.test(stderr)) {
    throw new UserError(
      `The push was rejected: ${GIT_REMOTE}/${BRANCH} has commits that you do not have.`,
      `Run "git pull --rebase ${GIT_REMOTE} ${BRANCH}" and the same command again.`,
    );
  }
  throw new UserError(
    `The push to ${GIT_REMOTE} failed:\n${stderr.trim()}`,
    'Check that the cluster runs: "npm run up" starts what is missing. Your commits are safe here; run the same command again.',
  );
}
