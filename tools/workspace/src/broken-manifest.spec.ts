import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { brokenManifest } from './broken-manifest.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'workspace-'));
  await mkdir(join(root, 'apps/agent'), { recursive: true });
  await writeFile(join(root, 'package.json'), '{}');
  await writeFile(join(root, 'apps/agent/package.json'), '{ "name": "agent" }');
});
afterEach(() => rm(root, { recursive: true }));

it('names the manifest that is no JSON, and only that', async () => {
  expect(await brokenManifest(root)).toBeUndefined();
  await writeFile(join(root, 'apps/agent/package.json'), '{ "name": ');
  expect(await brokenManifest(root)).toMatch(/^apps\/agent\/package\.json: .*JSON/);
});
