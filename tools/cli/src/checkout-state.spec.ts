import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkoutState } from './checkout-state.ts';

let folder: string;
const commits: Record<string, string> = {};
const git = (...args: string[]) =>
  execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: folder });

async function commit(subject: string, file: string): Promise<void> {
  await mkdir(join(folder, dirname(file)), { recursive: true });
  await writeFile(join(folder, file), subject);
  await git('add', '.');
  await git('commit', '-q', '-m', subject);
  commits[subject] = (await git('rev-parse', 'HEAD')).stdout;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkout-'));
  await git('init', '-q', '-b', 'main');
  await commit('first', 'charts/a');
  await commit('docs', 'docs/a');
  await commit('prod', 'gitops/environments/prod/values.yaml');
  await commit('dev', 'gitops/environments/dev/values.yaml');
  await commit('mine', 'charts/a');
});
afterAll(() => rm(folder, { recursive: true }));

const subjects = (facts: { subject: string }[]) => facts.map(({ subject }) => subject);

describe('a checkout beside the git server and the cluster', () => {
  it('has commits to push, and the server commits to apply that concern the environment', async () => {
    const state = await checkoutState(folder, 'dev', {
      server: commits['dev'],
      applied: commits['first'],
    });
    expect(state.head.subject).toBe('mine');
    expect(state.server?.subject).toBe('dev');
    expect(subjects(state.notPushed)).toEqual(['mine']);
    expect(subjects(state.notApplied)).toEqual(['dev']);
    expect(state.notPulled).toEqual([]);
  });

  it('may lack commits of the server', async () => {
    await git('checkout', '-q', commits['docs'] ?? '');
    const state = await checkoutState(folder, 'dev', { server: commits['dev'] });
    await git('checkout', '-q', 'main');
    expect(subjects(state.notPulled)).toEqual(['dev', 'prod']);
    expect(state.notPushed).toEqual([]);
  });

  it('says nothing of what it cannot know', async () => {
    const unknown = '0'.repeat(40);
    expect(await checkoutState(folder, 'dev', { applied: unknown })).toEqual({
      head: { commit: commits['mine'], subject: 'mine', time: expect.any(String) },
      notPushed: [],
      notPulled: [],
      notApplied: [],
    });
    const state = await checkoutState(folder, 'dev', { server: commits['mine'], applied: unknown });
    expect(state.notApplied).toEqual([]);
  });
});
