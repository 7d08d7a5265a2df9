import { execa } from 'execa';
import { run } from './command-line.ts';

/** A commit as a person knows it. */
export interface CommitFact {
  commit: string;
  subject: string;
  /** When it was committed, ISO time. */
  time: string;
}

const FORMAT = '--format=%H%x00%cI%x00%s';

function parse(log: string): CommitFact[] {
  return log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [commit = '', time = '', subject = ''] = line.split('\0');
      return { commit, subject, time };
    });
}

/** What a checkout knows of a commit; undefined when it does not have it. */
export async function commitFact(folder: string, commit: string): Promise<CommitFact | undefined> {
  const { exitCode, stdout } = await execa('git', ['log', '-1', FORMAT, commit, '--'], {
    cwd: folder,
    reject: false,
  });
  return exitCode === 0 ? parse(stdout)[0] : undefined;
}

/**
 * The commits of `to` that `from` lacks, newest first.
 * @param paths only those that change something below these
 */
export async function commitsBetween(
  folder: string,
  from: string,
  to: string,
  paths: string[] = [],
): Promise<CommitFact[]> {
  return parse(
    await run('git', ['log', FORMAT, `${from}..${to}`, '--', ...paths], { cwd: folder }),
  );
}

/** Whether a commit is among the ancestors of another, or is that commit. */
export async function isWithin(folder: string, commit: string, other: string): Promise<boolean> {
  const { exitCode } = await execa('git', ['merge-base', '--is-ancestor', commit, other], {
    cwd: folder,
    reject: false,
  });
  return exitCode === 0;
}
