import { appendFile, cp, link, lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

const workspaceRoot = join(import.meta.dirname, '../../..');

/** A clone of this repository as somebody else would have it, to edit and ship from. */
export interface ScratchClone {
  folder: string;
  git: (...args: string[]) => Promise<string>;
  /** Replaces text in a file; it must be there exactly once. */
  edit: (file: string, from: string, to: string) => Promise<void>;
  append: (file: string, text: string) => Promise<void>;
  /** Runs one of the repository's npm scripts with `--json`. */
  script: (name: string, ...args: string[]) => Promise<unknown>;
  remove: () => Promise<void>;
}

/** Clones the checked-out commit, with its installed packages, into `.todo/`. */
export async function makeScratchClone(): Promise<ScratchClone> {
  const folder = join(workspaceRoot, '.todo', `scratch-${process.pid}`);
  await mkdir(join(workspaceRoot, '.todo'), { recursive: true });
  await output('git', ['clone', '--quiet', workspaceRoot, folder], workspaceRoot);
  const git = (...args: string[]) => output('git', args, folder);
  await git('checkout', '--quiet', '-B', 'main');
  await git('config', 'user.name', 'Ada Lovelace');
  await git('config', 'user.email', 'ada@example.invalid');
  const modules = await output(
    'find',
    [
      ...['.', '-maxdepth', '3', '-name', 'node_modules', '-type', 'd', '-prune'],
      ...['-not', '-path', './.todo/*'],
    ],
    workspaceRoot,
  );
  for (const path of modules.split('\n')) {
    // Links to the workspace's packages are relative, so they point into the clone. Files are the
    // same in both, which spares a gigabyte: npm replaces files and never writes into one.
    await cp(join(workspaceRoot, path), join(folder, path), {
      recursive: true,
      verbatimSymlinks: true,
      filter: async (from, to) => {
        if (!(await lstat(from)).isFile()) return true;
        await link(from, to);
        return false;
      },
    });
  }
  return {
    folder,
    git,
    async edit(file, from, to) {
      const text = await readFile(join(folder, file), 'utf8');
      if (text.split(from).length !== 2) throw new Error(`${file} has not exactly one "${from}".`);
      await writeFile(join(folder, file), text.replace(from, to));
    },
    append: (file, text) => appendFile(join(folder, file), text),
    async script(name, ...args) {
      const said = await output('npm', ['run', '--silent', name, '--', '--json', ...args], folder);
      return JSON.parse(said.split('\n').at(-1) ?? '');
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Runs a program to its end.
 * @returns its standard output
 * @throws Error with all its output when it fails
 */
async function output(program: string, args: string[], cwd: string): Promise<string> {
  const options = { cwd, stdin: 'ignore', reject: false, timeout: 600_000 } as const;
  const { failed, stdout, stderr, shortMessage } = await execa(program, args, options);
  if (!failed) return stdout.trim();
  throw new Error(`${shortMessage ?? `${program} failed`}\n${stdout}\n${stderr}`);
}
