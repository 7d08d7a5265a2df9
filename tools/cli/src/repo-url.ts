import { UserError } from './user-error.ts';

/** A repository on a git server outside the cluster. */
export interface RepoUrl {
  /** As git and Argo CD take it; never with a password. */
  url: string;
  transport: 'http' | 'ssh';
  /** The server as known_hosts files name it: `host`, or `[host]:port`. */
  host: string;
}

/** Stands for the git server that `up` runs inside the cluster. */
export const IN_CLUSTER = 'in-cluster';

/** What git takes for ssh without a scheme: `git@github.com:me/todo.git`. */
const SCP_LIKE = /^\w[\w.-]*@([A-Za-z0-9][\w.-]*):(?!\/\/)[\w./~-]+$/;
const HERE = /^(localhost|127\.[\d.]+|\[::1\])$/;

/**
 * Reads the URL of a repository: `https://…`, `ssh://…` or `git@host:path`.
 * @throws UserError for anything else, for a password in it, and for an address that means this
 *   machine to a person and itself to the cluster
 */
export function parseRepoUrl(text: string): RepoUrl {
  const short = SCP_LIKE.exec(text)?.[1];
  if (short) return reachable({ url: text, transport: 'ssh', host: short }, short);
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  const protocol = parsed?.protocol ?? '';
  const complete = parsed && /^[^-]/.test(parsed.hostname) && parsed.pathname.length > 1;
  if (!complete || !/^(https?|ssh):$/.test(protocol) || parsed.search || parsed.hash) {
    throw new UserError(
      `"${withoutPassword(text)}" is not the URL of a git repository.`,
      'Give one such as https://github.com/me/todo.git, ssh://git@host:2222/me/todo.git or git@github.com:me/todo.git.',
    );
  }
  if (parsed.password || (parsed.username && protocol !== 'ssh:')) {
    throw new UserError(
      'The URL holds a user name or password; it would end up in git and in the cluster for all to read.',
      'Leave it out of the URL, and set TODO_GIT_USERNAME and TODO_GIT_TOKEN in the environment or in .env.',
    );
  }
  const host = parsed.port ? `[${parsed.hostname}]:${parsed.port}` : parsed.hostname;
  const transport = protocol === 'ssh:' ? 'ssh' : 'http';
  return reachable({ url: text.replace(/\/+$/, ''), transport, host }, parsed.hostname);
}

/** Reads `--repo-url`: a URL, or `in-cluster`. */
export function repoUrlFrom(text: string): RepoUrl | typeof IN_CLUSTER {
  return text === IN_CLUSTER ? IN_CLUSTER : parseRepoUrl(text);
}

const withoutPassword = (text: string) => text.replace(/\/\/[^/@]*@/, '//…@');

function reachable(repo: RepoUrl, hostname: string): RepoUrl {
  if (!HERE.test(hostname)) return repo;
  throw new UserError(
    `${hostname} is another machine for the cluster than for you: Argo CD could not read ${repo.url}.`,
    'Give an address of the git server that reaches it from both, such as its name in your network.',
  );
}
