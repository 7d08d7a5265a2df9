import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { environmentOf } from './environment.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'todo-env-'));
});
afterEach(() => rm(root, { recursive: true }));

it('takes from .env what the environment does not say', async () => {
  await writeFile(join(root, '.env'), '# keys\nOPENAI_API_KEY="from file"\nOPENAI_MODEL=small\n');
  expect(await environmentOf(root, { OPENAI_MODEL: 'large', HOME: '/home/ann' })).toEqual({
    OPENAI_API_KEY: 'from file',
    OPENAI_MODEL: 'large',
    HOME: '/home/ann',
  });
});

it('lets an empty variable put a key of .env out of use', async () => {
  await writeFile(join(root, '.env'), 'OPENAI_API_KEY=key\n');
  expect(await environmentOf(root, { OPENAI_API_KEY: '' })).toEqual({ OPENAI_API_KEY: '' });
});

it('needs no .env', async () => {
  expect(await environmentOf(root, { LANG: 'C' })).toEqual({ LANG: 'C' });
});
