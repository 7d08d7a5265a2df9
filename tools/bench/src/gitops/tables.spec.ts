import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from 'prettier';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GitopsReport } from './report.ts';
import { quantity, tables, withGenerated, writeDocs } from './tables.ts';

const report: GitopsReport = {
  bench: 'gitops',
  date: '2026-11-21T12:34:56.000Z',
  commit: '0123456789abcdef0123456789abcdef01234567',
  machine: {
    cpu: 'Abacus',
    cores: 2,
    memoryGiB: 24,
    os: 'Linux 6',
    docker: '29',
    minikube: 'v1.38',
    kubernetes: 'v1.35',
  },
  runs: 5,
  totalMs: 600_000,
  scenarios: {
    'one-line': {
      title: 'ship of one line',
      median: {
        editToReady: 8000,
        pushToSync: 900,
        pushToReady: 4100,
        returned: 9500,
        deliveredBytes: 1_500_000,
        'stage.build': 2500,
        'stage.deliver': 340,
      },
      samples: [],
    },
    'helm-upgrade': {
      title: 'helm',
      median: { editToReady: 20_000, 'stage.load': 9000 },
      samples: [],
    },
  },
};

describe('the tables', () => {
  it('say medians beside budgets, and nothing of what was not measured', () => {
    const text = tables(report);
    expect(text).toMatch(/one-line change of the backend.* \| 8\.0 s \| ≤ 10 s \|/);
    expect(text).toMatch(/size of what is delivered \| 1\.50 MB \| < 5 MB \|/);
    expect(text).not.toContain('nothing changed');
  });

  it('compare other ways with ours', () => {
    expect(tables(report)).toMatch(/\(b\).* \| 20\.0 s \|\s+\|\s+\| × 2\.50 \|/);
  });

  it('tell where the time goes, on what machine, when and at which commit', () => {
    const text = tables(report);
    expect(text).toContain('| ship of one line | build 2.5 s, deliver 0.34 s |');
    expect(text).toContain('2026-11-21 12:34 UTC at 0123456789ab on 2 × Abacus, 24 GiB');
  });
});

it.each([
  ['stage.push', 340, '0.34 s'],
  ['editToReady', 12_345, '12.3 s'],
  ['deliveredBytes', 4_200_000, '4.20 MB'],
])('%s of %d reads %s', (key, value, text) => {
  expect(quantity(key, value)).toBe(text);
});

describe('docs/performance.md', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'docs-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('keeps what people wrote around the generated part', () => {
    const first = withGenerated('# Performance\n\nBefore.\n', 'one');
    expect(withGenerated(`${first}\nAfter.\n`, 'two')).toBe(
      `${first}\nAfter.\n`.replace('one', 'two'),
    );
  });

  it('is formatted as the repository wants it', async () => {
    const repository = join(import.meta.dirname, '../../../..');
    await cp(join(repository, 'docs/performance.md'), join(root, 'docs/performance.md'));
    const file = await writeDocs(report, root);
    const text = await readFile(join(root, file), 'utf8');
    expect(text).toContain('# Performance');
    expect(await check(text, { parser: 'markdown', printWidth: 100 })).toBe(true);
  });
});
