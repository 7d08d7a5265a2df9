import { appendFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command } from './command.ts';

const workspaceRoot = join(import.meta.dirname, '../../../..');

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
  await command('git', ['clone', '--quiet', workspaceRoot, folder]);
  const git = (...args: string[]) => command('git', args, { cwd: folder });
  await git('checkout', '--quiet', '-B', 'main');
  await git('config', 'user.name', 'Ada Lovelace');
  await git('config', 'user.email', 'ada@example.invalid');
  const modules = await command(
    'find',
    [
      ...['.', '-maxdepth', '3', '-name', 'node_modules', '-type', 'd', '-prune'],
      ...['-not', '-path', './.todo/*'],
    ],
    { cwd: workspaceRoot },
  );
  for (const path of modules.split('\n')) {
    // Links to the workspace's packages are relative, so they point into the clone.
    await cp(join(workspaceRoot, path), join(folder, path), {
      recursive: true,
      verbatimSymlinks: true,
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
      const output = await command('npm', ['run', '--silent', name, '--', '--json', ...args], {
        cwd: folder,
      });
      return JSON.parse(output.split('\n').at(-1) ?? '');
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
