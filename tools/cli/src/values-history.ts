import { imagesFile, readImageTags } from '@todo/workspace';
import { execa } from 'execa';
import { run } from './command-line.ts';
import type { Tags } from './images.ts';
import { BRANCH, GIT_REMOTE } from './settings.ts';

/** A commit that changed the image tags of an environment. */
export interface ValuesCommit {
  commit: string;
  subject: string;
  /** When it was committed, ISO time. */
  time: string;
  /** The tags that it left in the environment's images.yaml. */
  tags: Tags;
  /** Commit (abbreviated) whose sources the images were built from, if its message says so. */
  source?: string;
  /** Commit (abbreviated) whose tags it brought back, when it undoes others. */
  restores?: string;
}

/** How far back a history is read. */
const DEPTH = 200;
const END = '\u0001';
const FIELD = '\u0000';

/**
 * The commits that changed an environment's image tags, newest first.
 * @param folder the checkout
 * @param heads commits whose histories are read
 */
export async function valuesHistory(
  folder: string,
  environment: string,
  heads: string[] = ['HEAD'],
): Promise<ValuesCommit[]> {
  const file = imagesFile(environment);
  const log = await run(
    'git',
    ['log', `-${DEPTH}`, '--format=%H%x00%cI%x00%s%x00%B%x01', ...heads, '--', file],
    { cwd: folder },
  );
  const commits = log
    .split(END)
    .map((entry) => entry.trimStart().split(FIELD))
    .filter((fields) => fields.length === 4) as [string, string, string, string][];
  const texts = await filesAt(
    folder,
    commits.map(([commit]) => `${commit}:${file}`),
  );
  return commits.map(([commit, time, subject, message], index) => {
    const source = trailer(message, 'Source');
    const restores = trailer(message, 'Restores');
    return {
      commit,
      subject,
      time,
      tags: readImageTags(texts[index]),
      ...(source ? { source } : {}),
      ...(restores ? { restores } : {}),
    };
  });
}

function trailer(message: string, key: string): string | undefined {
  return new RegExp(`^${key}: *(\\S+)`, 'm').exec(message)?.[1];
}

/**
 * The image tags of an environment as commits have them.
 * @returns tags by commit; commits that this checkout does not know, or that have no such file, are
 *   left out
 */
export async function tagsAt(
  folder: string,
  environment: string,
  commits: string[],
): Promise<Map<string, Tags>> {
  const file = imagesFile(environment);
  const texts = await filesAt(
    folder,
    commits.map((commit) => `${commit}:${file}`),
  );
  return new Map(
    commits.flatMap((commit, index) => {
      const text = texts[index];
      return text === undefined ? [] : [[commit, readImageTags(text)] as const];
    }),
  );
}

/** Reads many objects with one git process; what git does not have is undefined. */
async function filesAt(folder: string, names: string[]): Promise<(string | undefined)[]> {
  if (names.length === 0) return [];
  const { stdout } = await execa('git', ['cat-file', '--batch'], {
    cwd: folder,
    input: `${names.join('\n')}\n`,
    encoding: 'buffer',
  });
  const output = Buffer.from(stdout);
  let at = 0;
  return names.map(() => {
    const end = output.indexOf('\n', at);
    const size = /^\S+ blob (\d+)$/.exec(output.toString('utf8', at, end))?.[1];
    at = end + 1;
    if (size === undefined) return undefined;
    const text = output.toString('utf8', at, at + Number(size));
    at += Number(size) + 1;
    return text;
  });
}

/** The full name of a commit that a person names; undefined when there is none in this checkout. */
export async function findCommit(folder: string, name: string): Promise<string | undefined> {
  const { exitCode, stdout } = await execa(
    'git',
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`],
    { cwd: folder, reject: false },
  );
  return exitCode === 0 ? stdout.trim() : undefined;
}

/** Whether the git server has a commit, as far as git knows. */
export async function isOnServer(folder: string, commit: string): Promise<boolean> {
  const { exitCode } = await execa(
    'git',
    ['merge-base', '--is-ancestor', commit, `refs/remotes/${GIT_REMOTE}/${BRANCH}`],
    { cwd: folder, reject: false },
  );
  return exitCode === 0;
}
