import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { RepoUrl } from './repo-url.ts';
import { UserError } from './user-error.ts';

/** What a git server outside the cluster asks for. */
export type GitCredentials =
  | { username: string; password: string }
  /** The files are where it was read from; `knownHosts` are the lines for this server. */
  | { sshPrivateKey: string; keyFile: string; knownHosts: string; knownHostsFile: string };

/**
 * Takes the credentials for a git server from the environment: TODO_GIT_TOKEN and TODO_GIT_USERNAME
 * for https, the files TODO_GIT_SSH_KEY and TODO_GIT_KNOWN_HOSTS for ssh.
 * @returns undefined when the environment has none
 * @throws UserError when a file cannot be read
 */
export async function gitCredentials(
  { transport, host }: RepoUrl,
  env: NodeJS.ProcessEnv,
): Promise<GitCredentials | undefined> {
  if (transport === 'http') {
    const password = env['TODO_GIT_TOKEN'];
    // Servers that take a token look at no user name, but want one.
    return password ? { username: env['TODO_GIT_USERNAME'] || 'git', password } : undefined;
  }
  const keyFile = env['TODO_GIT_SSH_KEY'];
  if (!keyFile) return undefined;
  const text = await readFile(keyFile, 'utf8').catch((error: Error) => {
    throw new UserError(
      `The key that TODO_GIT_SSH_KEY names could not be read: ${error.message}.`,
      'Give the path of a private key without a passphrase.',
    );
  });
  const knownHostsFile = env['TODO_GIT_KNOWN_HOSTS'] || join(homedir(), '.ssh/known_hosts');
  const found = await execa('ssh-keygen', ['-F', host, '-f', knownHostsFile], { reject: false });
  const lines = (found.stdout ?? '').split('\n').filter((line) => line && !line.startsWith('#'));
  return {
    // OpenSSH does not read a key without its last line break.
    sshPrivateKey: `${text.trimEnd()}\n`,
    keyFile,
    knownHostsFile,
    knownHosts: lines.map((line) => `${line}\n`).join(''),
  };
}

/** How long a git server may take to list its branches. */
const ANSWER_MS = 30_000;

/**
 * Reads the repository with these credentials and no others that this machine may have, as Argo CD
 * will.
 * @throws UserError that says whether the server, the repository or the credentials are wrong
 */
export async function expectReadable(
  repo: RepoUrl,
  credentials: GitCredentials | undefined,
): Promise<void> {
  const { failed, timedOut, stderr } = await execa('git', ['ls-remote', '--heads', repo.url], {
    reject: false,
    stdin: 'ignore',
    timeout: ANSWER_MS,
    env: { GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: '', LC_ALL: 'C', ...asked(credentials) },
  });
  if (failed) throw gitReadError(repo.url, timedOut ? 'it timed out' : stderr);
}

/** The credentials as variables of git's process: its arguments are for everybody to read. */
function asked(credentials: GitCredentials | undefined): Record<string, string> {
  if (credentials && 'keyFile' in credentials) {
    const { keyFile, knownHostsFile } = credentials;
    const options = ['IdentitiesOnly=yes', 'IdentityAgent=none', 'BatchMode=yes'];
    const files = `-i ${quoted(keyFile)} -o UserKnownHostsFile=${quoted(knownHostsFile)}`;
    return { GIT_SSH_COMMAND: `ssh ${files} ${options.map((one) => `-o ${one}`).join(' ')}` };
  }
  const helper =
    '!f() { test "$1" = get && printf "username=%s\\npassword=%s\\n" "$TODO_GIT_USERNAME" "$TODO_GIT_TOKEN"; }; f';
  const helpers = credentials ? ['', helper] : [''];
  const config = helpers.flatMap((value, index) => [
    [`GIT_CONFIG_KEY_${index}`, 'credential.helper'],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    GIT_CONFIG_COUNT: String(helpers.length),
    ...(Object.fromEntries(config) as Record<string, string>),
    ...(credentials
      ? { TODO_GIT_USERNAME: credentials.username, TODO_GIT_TOKEN: credentials.password }
      : {}),
  };
}

/** For a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

const causes: [RegExp, string, string][] = [
  [
    /host key|knownhosts|known_hosts/i,
    'nobody vouches for the key of the server',
    'Connect to it once with ssh and compare its key, or name a file with it in TODO_GIT_KNOWN_HOSTS; then run "npm run up" again.',
  ],
  [
    /could not read Username|Authentication failed|authentication required|authorization failed|invalid credentials|permission denied|access denied|unable to authenticate|\b40[13]\b/i,
    'it refuses the credentials',
    'Set TODO_GIT_TOKEN (https) or TODO_GIT_SSH_KEY (ssh) to credentials that may read and write the repository, and run "npm run up" again.',
  ],
  [
    /not found|does not exist|does not appear to be a git repository/i,
    'there is no such repository, or the credentials may not see it',
    'Make an empty repository there, or correct --repo-url; then run "npm run up" again.',
  ],
  [
    /could not resolve|no such host|unable to look up|failed to connect|connection refused|timed? ?out|no route to host|unable to access/i,
    'it cannot be reached',
    'Check the address and the network; the cluster must reach it too. Then run "npm run up" again.',
  ],
];

/**
 * Why a git server could not be read, in a person's words.
 * @param said what git or Argo CD said
 */
export function gitReadError(url: string, said: string): UserError {
  const [, why, hint] = causes.find(([pattern]) => pattern.test(said)) ?? [];
  return new UserError(
    `${url} could not be read: ${why ? `${why} (${lastLine(said)})` : said.trim()}.`,
    hint ?? 'Correct --repo-url or the credentials, and run "npm run up" again.',
  );
}

const lastLine = (text: string) =>
  (text.trim().split('\n').at(-1) ?? '').replace(/\.$/, '').slice(0, 300);
