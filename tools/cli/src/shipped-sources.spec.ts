import { describe, expect, it } from 'vitest';
import { expectCommitted, isShipped } from './shipped-sources.ts';

describe('uncommitted changes', () => {
  it.each([
    'apps/backend/src/app.ts',
    'libs/contracts/src/task.ts',
    'charts/backend/values.yaml',
    'gitops/environments/dev/values.yaml',
    'package-lock.json',
  ])('of %s would be shipped', (file) => expect(isShipped(file)).toBe(true));

  it.each([
    'apps/e2e/src/tasks.spec.ts',
    'apps/backend/src/app.spec.ts',
    'libs/identity/src/testing/token.ts',
    'apps/backend/README.md',
    'gitops/environments/dev/images.yaml',
  ])('of %s would not', (file) => expect(isShipped(file)).toBe(false));

  it('stop a ship, named, with the ways out', () => {
    expect(() => expectCommitted([])).not.toThrow();
    const files = ['a.ts', 'b.ts', 'c.ts', 'd.ts', 'e.ts', 'f.ts'];
    expect(() => expectCommitted(files)).toThrow(/a\.ts, b\.ts, c\.ts, d\.ts, e\.ts and 1 more/);
    expect(() => expectCommitted(files)).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/git commit.*--allow-dirty/) }),
    );
  });
});
