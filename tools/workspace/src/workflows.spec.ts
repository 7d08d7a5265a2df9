import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProjectGraphAsync } from '@nx/devkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, '.github/workflows');

const workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ group: z.string() }),
  jobs: z.record(
    z.string(),
    z.object({
      'timeout-minutes': z.number(),
      permissions: z.undefined().optional(),
      steps: z.array(z.object({ run: z.string().optional(), uses: z.string().optional() })),
    }),
  ),
});

const manifest = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

/** Commands that a step's shell text runs, as words. */
const commandsOf = (run = '') => run.split(/\n|&&|\|\||;/).map((line) => line.trim().split(/\s+/));

/** Names of the Nx targets that a command asks for: `nx affected -t lint test`. */
function targetsOf(words: string[]): string[] {
  const start = words.findIndex((word) => word === '-t' || word === '--target');
  if (words[1] !== 'nx' || start < 0) return [];
  const rest = words.slice(start + 1);
  const end = rest.findIndex((word) => word.startsWith('-'));
  return end < 0 ? rest : rest.slice(0, end);
}

/** The npm script that a command runs: `npm test`, `npm run e2e -- --local`. */
function scriptOf([program, verb, name]: string[]): string | undefined {
  if (program !== 'npm') return undefined;
  return verb === 'run' ? name : verb === 'test' || verb === 'start' ? verb : undefined;
}

describe.each(readdirSync(folder))('workflow %s', (file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const { jobs, permissions } = workflow.parse(parse(text));
  const commands = Object.values(jobs).flatMap(({ steps }) =>
    steps.flatMap(({ run }) => commandsOf(run)),
  );
  let targets: Set<string>;
  let projects: string[];
  beforeAll(async () => {
    const { nodes } = await createProjectGraphAsync({ exitOnError: false });
    projects = Object.keys(nodes);
    targets = new Set(Object.values(nodes).flatMap(({ data }) => Object.keys(data.targets ?? {})));
  });

  it('pins every action by commit, and says which version that is', () => {
    const uses = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) {
      expect(line).toMatch(/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it('may read the repository, and nothing else', () => {
    expect(permissions).toEqual({ contents: 'read' });
    expect(text).not.toMatch(/secrets\./);
  });

  it('runs npm scripts that a person can run', () => {
    const scripts = commands.map(scriptOf).filter((name) => name !== undefined);
    expect(scripts).toEqual(expect.arrayContaining(['test', 'e2e']));
    expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });

  it('asks Nx for targets and projects that exist', () => {
    const wanted = commands.flatMap(targetsOf);
    expect(wanted).toContain('docker-build');
    expect(wanted.filter((name) => !targets.has(name))).toEqual([]);
    const named = commands
      .filter((words) => scriptOf(words) === 'test')
      .flatMap((words) => words.slice(3).filter((word) => !word.startsWith('-')));
    expect(named.filter((name) => !projects.includes(name))).toEqual([]);
  });

  it('puts no text of others into a shell', () => {
    for (const { steps } of Object.values(jobs)) {
      for (const { run } of steps) expect(run ?? '').not.toContain('${{');
    }
  });
});
