import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { imagesFile, readImageTags, writeImageTags } from '@todo/workspace';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tags } from '../images.ts';
import { commitTags } from '../tags-commit.ts';
import { planPromotion, promotionMessage } from './promote.ts';

let folder: string;
const git = async (...args: string[]) => (await execa('git', args, { cwd: folder })).stdout;

async function write(environment: string, tags: Tags): Promise<void> {
  const path = join(folder, imagesFile(environment));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, writeImageTags(undefined, tags, environment));
}
async function commit(message: string): Promise<void> {
  await git('add', '.');
  await git('commit', '-qm', message);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promote-'));
  await git('init', '-q', '-b', 'main');
  await git('config', 'user.name', 'me');
  await git('config', 'user.email', 'me@example.invalid');
  await write('dev', { backend: 'b1', mcp: 'm1' });
  await write('prod', { backend: '0000000000', mcp: '0000000000' });
  await commit('Ship backend, mcp to dev\n\nSource: abc123\n');
});
afterEach(() => rm(folder, { recursive: true }));

describe('a promotion', () => {
  it('gives one environment the tags of another by one commit that says where from', async () => {
    const plan = await planPromotion(folder, 'dev', 'prod');
    expect(plan.changed).toEqual({
      backend: { from: '0000000000', to: 'b1' },
      mcp: { from: '0000000000', to: 'm1' },
    });
    const dev = await git('rev-parse', '--short=12', 'HEAD');
    const message = await promotionMessage(folder, plan, 'dev', 'prod');
    await commitTags(folder, 'prod', plan.tags, message);
    expect(await git('log', '-1', '--format=%B')).toBe(
      `Promote backend, mcp to prod\n\nbackend: b1\nmcp: m1\n\nSource: abc123\nPromotes: dev ${dev}\n`,
    );
    expect(await git('show', '--name-only', '--format=')).toBe(imagesFile('prod'));
    const [one, other] = await Promise.all(
      ['dev', 'prod'].map((name) => readFile(join(folder, imagesFile(name)), 'utf8')),
    );
    expect(readImageTags(other)).toEqual(readImageTags(one));
    expect((await planPromotion(folder, 'dev', 'prod')).changed).toEqual({});
  });

  it('is refused while tags are not committed, and of an environment without images', async () => {
    await expect(planPromotion(folder, 'prod', 'dev')).rejects.toThrow(/prod has no images yet/);
    await expect(planPromotion(folder, 'dev', 'qa')).rejects.toThrow(/no environment "qa"/);
    await expect(planPromotion(folder, 'dev', 'dev')).rejects.toThrow(/itself/);
    await write('dev', { backend: 'b2', mcp: 'm1' });
    await expect(planPromotion(folder, 'dev', 'prod')).rejects.toThrow(/not committed/);
  });
});
