import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { repository } from '../../services/config-variables.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Runs the generator as a person does, in this repository; it must not write anything. */
async function generate(...args: string[]): Promise<{ code: number; output: string }> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'));
  const run = promisify(execFile)('npx', ['nx', 'g', '@todo/workspace:service', ...args], {
    cwd: repository,
    env: { ...Object.fromEntries(inherited), NX_DAEMON: 'false', FORCE_COLOR: '0' },
  });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );
}

const NAME = 'dry-run-of-a-test';

describe('npx nx g @todo/workspace:service', () => {
  it('--dry-run shows all changes and writes nothing', async () => {
    const lock = () => readFile(join(repository, 'package-lock.json'), 'utf8');
    const before = await lock();
    const { code, output } = await generate(NAME, '--calls=backend', '--public', '--dry-run');
    expect(code).toBe(0);
    for (const line of [
      `CREATE apps/${NAME}/src/app.ts`,
      `CREATE charts/${NAME}/templates/ingress.yaml`,
      'UPDATE charts/backend/values.yaml',
      'UPDATE charts/todo-chatbot/Chart.yaml',
      'UPDATE gitops/environments/prod/values.yaml',
      'UPDATE package-lock.json',
    ]) {
      expect(output).toContain(line);
    }
    expect(output).toContain('no changes were made');
    expect(existsSync(join(repository, 'apps', NAME))).toBe(false);
    expect(existsSync(join(repository, 'charts', NAME))).toBe(false);
    expect(await lock()).toBe(before);
  });

  it('ends a bad request with one error, without a stack', async () => {
    const { code, output } = await generate(NAME, '--port=8000');
    expect(code).not.toBe(0);
    expect(output.match(/--port: 8000 is taken by backend/g)).toHaveLength(1);
    expect(output).not.toMatch(/^\s+at /m);
    expect(output).not.toContain('CREATE');
    expect(existsSync(join(repository, 'apps', NAME))).toBe(false);
  });
});
