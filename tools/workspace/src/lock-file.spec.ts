import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { expect, it } from 'vitest';
import { lockedVersion, lockWorkspace, unlockWorkspace } from './lock-file.ts';

const text = `${JSON.stringify(
  {
    lockfileVersion: 3,
    packages: {
      '': { name: '@todo/source' },
      'apps/backend': { name: '@todo/backend', version: '0.0.0' },
      'node_modules/@todo/backend': { resolved: 'apps/backend', link: true },
      'node_modules/zod': { version: '4.6.7' },
    },
  },
  null,
  2,
)}\n`;

function tree() {
  const tree = createTreeWithEmptyWorkspace();
  tree.write('package-lock.json', text);
  return tree;
}

it('locks an app as npm does, sorted, and takes it out again to the byte', () => {
  const files = tree();
  lockWorkspace(files, 'apps/agent', {
    name: '@todo/agent',
    version: '0.0.0',
    dependencies: { zod: '4.6.7', '@todo/service': '0.0.0' },
  });
  const { packages } = JSON.parse(files.read('package-lock.json', 'utf8') ?? '') as {
    packages: Record<string, unknown>;
  };
  expect(Object.keys(packages)).toEqual([
    '',
    'apps/agent',
    'apps/backend',
    'node_modules/@todo/agent',
    'node_modules/@todo/backend',
    'node_modules/zod',
  ]);
  expect(JSON.stringify(packages['apps/agent'])).toBe(
    '{"name":"@todo/agent","version":"0.0.0","dependencies":{"@todo/service":"0.0.0","zod":"4.6.7"}}',
  );
  unlockWorkspace(files, 'apps/agent');
  expect(files.read('package-lock.json', 'utf8')).toBe(text);
});

it('knows the version that all workspaces share, and says what is not installed', () => {
  expect(lockedVersion(tree(), 'zod')).toBe('4.6.7');
  expect(() => lockedVersion(tree(), 'left-pad')).toThrow(/left-pad/);
});
