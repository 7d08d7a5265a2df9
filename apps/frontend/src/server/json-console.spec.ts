import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('turns what is printed into one line of JSON each', () => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      join(import.meta.dirname, 'json-console.ts'),
      '--eval',
      `console.log('\\x1b[1m▲ Next.js\\x1b[22m %s', 16); console.log(''); console.error(new Error('no\\nway'))`,
    ],
    { encoding: 'utf8' },
  );
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([
    { level: 'info', service: 'frontend', component: 'next', msg: '▲ Next.js 16' },
    { level: 'error', msg: expect.stringContaining('Error: no\nway') },
  ]);
  expect(stderr).toBe('');
});
