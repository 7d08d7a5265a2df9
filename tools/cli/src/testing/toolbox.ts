import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** Programs by name: lines of shell that stand for one. `PROFILE` in them is the toolbox's profile. */
export type Programs = Record<string, string>;

export interface Toolbox {
  /** A folder that holds these programs and nothing else: all that a command may find. */
  path: string;
  /** A name for a profile that nobody has. */
  profile: string;
  /** A folder for data. */
  data: string;
  /** Starts the command line as a person does. Its output is a pipe. */
  todo: (args: string[], env?: NodeJS.ProcessEnv) => ReturnType<typeof startTodo>;
  /** Ends what still runs, and removes everything. */
  clear: () => Promise<void>;
}

/** What may be on a machine besides Node, for commands to find. */
export async function createToolbox(programs: Programs = {}): Promise<Toolbox> {
  const profile = `spec-${randomBytes(6).toString('hex')}`;
  const folder = await mkdtemp(join(tmpdir(), 'todo-cli-'));
  // PostgreSQL, which is not run as root, can enter it.
  await chmod(folder, 0o755);
  for (const [name, script] of Object.entries(programs)) {
    const text = `#!/bin/sh\n${script.replaceAll('PROFILE', profile)}\n`;
    await writeFile(join(folder, name), text, { mode: 0o755 });
  }
  const started: ReturnType<typeof startTodo>[] = [];
  return {
    path: folder,
    profile,
    data: join(folder, 'data'),
    todo(args, env = {}) {
      const command = startTodo(args, { PATH: folder, ...env });
      started.push(command);
      return command;
    },
    async clear() {
      for (const command of started) command.kill();
      await Promise.all(started);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startTodo(args: string[], env: NodeJS.ProcessEnv) {
  // What Nx, npm and the person's shell tell the tests is not for the command line under test.
  const { HOME, TMPDIR } = process.env;
  return execa(process.execPath, [join(import.meta.dirname, '../main.ts'), ...args], {
    extendEnv: false,
    env: { HOME, TMPDIR, NX_DAEMON: 'false', OPENAI_API_KEY: '', ...env },
    stdin: 'ignore',
    all: true,
    reject: false,
  });
}
