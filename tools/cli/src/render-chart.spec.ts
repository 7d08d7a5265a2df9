import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changedObjects, restartsOf } from './object-diff.ts';
import { hasHelm, renderEnvironment } from './render-chart.ts';
import { root } from './settings.ts';

const skipped = (await hasHelm()) ? '' : ' (skipped: helm does not run)';

describe.skipIf(skipped)(`what a commit changes in the cluster${skipped}`, () => {
  let clone: string;
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: clone });

  /** Appends to a file, and tells what committing that changes. */
  async function changesOf(file: string, edit: (text: string) => string) {
    const text = await readFile(join(clone, file), 'utf8');
    await writeFile(join(clone, file), edit(text));
    await git('commit', '-qam', `edit ${file}`);
    const [before, after] = await Promise.all(
      ['HEAD~1', 'HEAD'].map((commit) => renderEnvironment(clone, commit, 'dev')),
    );
    const objects = changedObjects(before ?? [], after ?? []);
    return { objects, restarts: restartsOf(objects, after ?? []) };
  }

  beforeAll(async () => {
    clone = await mkdtemp(join(tmpdir(), 'render-'));
    // Committed as it is on disk, so that edited charts are tested before they are committed.
    const { stdout } = await execa('git', ['ls-files', '-z', 'charts', 'gitops'], { cwd: root });
    await git('init', '-q');
    await execa('cp', ['--parents', '-t', clone, ...stdout.split('\0').filter(Boolean)], {
      cwd: root,
    });
    await git('add', '.');
    await git('commit', '-qm', 'start');
  });
  afterAll(() => rm(clone, { recursive: true }));

  it('is nothing for a comment', async () => {
    const file = 'gitops/environments/dev/values.yaml';
    expect(await changesOf(file, (text) => `# Hello.\n${text}`)).toEqual({
      objects: [],
      restarts: [],
    });
  });

  it('is a new image and a restart for a new tag', async () => {
    const file = 'gitops/environments/dev/images.yaml';
    const { objects, restarts } = await changesOf(file, (text) =>
      text.replace(/(backend:\n\s+image:\n\s+tag: ).*/, '$1"424242"'),
    );
    expect(objects).toEqual([
      {
        object: 'Deployment/backend',
        change: 'changed',
        fields: [
          {
            path: 'spec.template.spec.containers[backend].image',
            from: expect.stringContaining('todo/backend:') as string,
            to: 'localhost:5000/todo/backend:424242',
          },
        ],
      },
    ]);
    expect(restarts).toEqual(['backend']);
  });

  it('is more pods, and no restart, for more replicas', async () => {
    const { objects, restarts } = await changesOf(
      'gitops/environments/dev/values.yaml',
      (text) => `${text}mcp:\n  replicas: 4\n`,
    );
    expect(objects.flatMap(({ fields }) => fields)).toContainEqual({
      path: 'spec.replicas',
      from: expect.any(Number) as number,
      to: 4,
    });
    expect(restarts).toEqual([]);
  });

  it('takes tags in place of those of the commit', async () => {
    const [before, after] = await Promise.all([
      renderEnvironment(clone, 'HEAD', 'dev'),
      renderEnvironment(clone, 'HEAD', 'dev', { tags: { mcp: '5', backend: '424242' } }),
    ]);
    expect(restartsOf(changedObjects(before, after), after)).toContain('mcp');
  });

  it("says Helm's own words when a commit does not render", async () => {
    const file = 'gitops/environments/dev/values.yaml';
    await expect(
      changesOf(file, (text) => `${text}agent:\n  replicass: 4\n`),
    ).rejects.toMatchObject({
      message: expect.stringContaining('replicass') as string,
      hint: expect.stringContaining('Argo CD cannot render') as string,
    });
  });
});
