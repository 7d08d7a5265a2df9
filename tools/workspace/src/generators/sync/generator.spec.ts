import { execFile, type ExecFileOptions } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { repository } from '../../services/config-variables.ts';

interface Run {
  succeeded: boolean;
  output: string;
}

/** This repository's sources as they stand, committed in a folder of their own. */
let copy: string;
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'sync-'));
  const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const { output } = await run('git', listed, { cwd: repository });
  for (const file of output.split('\n')) {
    // A file that was deleted but not committed is still listed.
    await cp(join(repository, file), join(copy, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  await git('init', '--quiet');
  await git('add', '--all');
  await git('-c', 'user.name=x', '-c', 'user.email=x@localhost', 'commit', '--quiet', '-m', 'x');
  await symlink(join(repository, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rm(copy, { recursive: true, force: true }));

/** Runs a program to its end, whatever its end is. */
function run(command: string, args: string[], options: ExecFileOptions = {}): Promise<Run> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd: copy, encoding: 'utf8', ...options }, (error, out, err) => {
      resolve({ succeeded: error === null, output: `${out}${err}`.trim() });
    });
  });
}
const git = (...args: string[]) => run('git', args);

function nx(...args: string[]): Promise<Run> {
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'));
  return run('npx', ['nx', ...args], {
    env: { ...Object.fromEntries(env), NX_DAEMON: 'false', NO_COLOR: '1' },
  });
}

const drifts: Record<string, (text: string) => string> = {
  'charts/todo-chatbot/Chart.yaml': (text) =>
    text.replace(/ {2}- name: backend\n(?: {4}.*\n)+/, ''),
  'gitops/environments/dev/images.yaml': (text) =>
    text.replace(/backend:\n {2}image:\n {4}tag: .*\n/, ''),
  'charts/agent/values.schema.json': (text) => text.replace('MCP_URL', 'MCP_ADDRESS'),
  'charts/mcp/values.yaml': (text) => text.replace('    - app: agent\n', ''),
  'gitops/environments/dev/application.yaml': (text) =>
    text.replace(/(generate-paths: ).*/, '$1/charts'),
  'docs/configuration.md': (text) => text.replace('required', 'optional'),
};

it('nx sync:check names every file that drifted, and nx sync repairs them byte for byte', async () => {
  for (const [file, drift] of Object.entries(drifts)) {
    const path = join(copy, file);
    const text = await readFile(path, 'utf8');
    await writeFile(path, drift(text));
  }
  const check = await nx('sync:check');
  expect(check.succeeded, check.output).toBe(false);
  for (const file of Object.keys(drifts)) expect(check.output).toContain(file);

  const sync = await nx('sync');
  expect(sync.succeeded, sync.output).toBe(true);
  expect((await git('status', '--porcelain', '--', ...Object.keys(drifts))).output).toBe('');
}, 180_000);

it('nx sync:check tells a contradiction from a drift', async () => {
  const file = join(copy, 'apps/agent/package.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/"calls": \[[^\]]*\]/, '"calls": ["mpc"]'));
  const check = await nx('sync:check');
  expect(check.succeeded).toBe(false);
  expect(check.output).toContain(
    'apps/agent/package.json: nx.metadata.service.calls: there is no service "mpc"; there is:',
  );
}, 120_000);
