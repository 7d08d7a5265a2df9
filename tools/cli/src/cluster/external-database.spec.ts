import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { databaseUnknown, externalDatabase, hasExternalDatabase } from './external-database.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'external-'))));
afterEach(() => rm(folder, { recursive: true }));

it.each([
  ['', false],
  ['global:\n  ingress:\n    enabled: true\n', false],
  ['global:\n  database:\n    external: true\n', true],
])('is read from the values', async (text, external) => {
  const environment = join(folder, 'gitops/environments/prod');
  await mkdir(environment, { recursive: true });
  await writeFile(join(environment, 'values.yaml'), text);
  expect(await hasExternalDatabase('prod', folder)).toBe(external);
});

it('takes the addresses from variables that name the environment', () => {
  expect(externalDatabase('prod', { TODO_DEV_DATABASE_URL: 'postgresql://dev' })).toBeUndefined();
  const TODO_PROD_DATABASE_URL = 'postgresql://pool';
  expect(externalDatabase('prod', { TODO_PROD_DATABASE_URL })).toEqual({
    DATABASE_URL: 'postgresql://pool',
    DATABASE_URL_DIRECT: 'postgresql://pool',
  });
  const TODO_PROD_DATABASE_URL_DIRECT = 'postgresql://direct';
  const both = { TODO_PROD_DATABASE_URL, TODO_PROD_DATABASE_URL_DIRECT };
  expect(externalDatabase('prod', both)?.DATABASE_URL_DIRECT).toBe('postgresql://direct');
});

it('tells which variable is wanted', () => {
  expect(databaseUnknown('prod').hint).toContain('TODO_PROD_DATABASE_URL=');
});
