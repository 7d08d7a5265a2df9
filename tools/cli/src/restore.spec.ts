import { describe, expect, it } from 'vitest';
import { planRollback, restoredTags, sourceOf, tagChanges, valuesCommitOf } from './restore.ts';
import type { ValuesCommit } from './values-history.ts';

/** A history, told from its beginning: [commit, backend, mcp] and what the message says. */
function history(
  ...commits: [string, string, string, { source?: string; restores?: string }?][]
): ValuesCommit[] {
  return commits
    .map(([commit, backend, mcp, said]) => ({
      commit,
      subject: `Ship ${commit}`,
      time: '2026-01-01T00:00:00Z',
      tags: { backend, mcp },
      ...said,
    }))
    .reverse();
}
const plan = (commits: ValuesCommit[], options: Parameters<typeof planRollback>[2] = {}) => {
  const { to, tags } = planRollback(commits, commits[0]?.tags ?? {}, options);
  return [to.commit, tags];
};

describe('a rollback', () => {
  it('goes back to the tags before the newest change', () => {
    const commits = history(['one', 'b1', 'm1'], ['two', 'b2', 'm1'], ['three', 'b3', 'm3']);
    expect(plan(commits)).toEqual(['two', { backend: 'b2', mcp: 'm1' }]);
  });

  it('goes further back each time, never forward to what it left', () => {
    const once = history(
      ['one', 'b1', 'm1'],
      ['two', 'b2', 'm1'],
      ['bad', 'b3', 'm1'],
      ['undo', 'b2', 'm1', { restores: 'two' }],
    );
    expect(plan(once)).toEqual(['one', { backend: 'b1', mcp: 'm1' }]);
  });

  it('returns to what ran before a later ship', () => {
    const commits = history(
      ['one', 'b1', 'm1'],
      ['bad', 'b2', 'm1'],
      ['undo', 'b1', 'm1', { restores: 'one' }],
      ['fix', 'b3', 'm1'],
    );
    expect(plan(commits)).toEqual(['undo', { backend: 'b1', mcp: 'm1' }]);
  });

  it('may go again to what somebody brought back on purpose', () => {
    const commits = history(
      ['one', 'b1', 'm1'],
      ['two', 'b2', 'm1'],
      ['undo', 'b1', 'm1', { restores: 'one' }],
      ['again', 'b2', 'm1', { restores: 'two' }],
      ['three', 'b3', 'm1'],
    );
    expect(plan(commits)).toEqual(['again', { backend: 'b2', mcp: 'm1' }]);
  });

  it('of one service leaves the others as they are', () => {
    const commits = history(['one', 'b1', 'm1'], ['two', 'b2', 'm1'], ['three', 'b2', 'm3']);
    expect(plan(commits, { app: 'backend' })).toEqual(['one', { backend: 'b1', mcp: 'm3' }]);
  });

  it('prefers what Argo CD remembers to have deployed', () => {
    const commits = history(['one', 'b1', 'm1'], ['never ran', 'b2', 'm1'], ['three', 'b3', 'm1']);
    const deployed = [
      { backend: 'b3', mcp: 'm1' },
      { backend: 'b1', mcp: 'm1' },
    ];
    expect(plan(commits, { deployed })).toEqual(['one', { backend: 'b1', mcp: 'm1' }]);
    expect(plan(commits, { deployed: [] })[0]).toBe('never ran');
  });

  it('is refused when there is nothing to go back to', () => {
    expect(() => plan(history(['only', 'b1', 'm1']))).toThrow(/nothing to go back to/);
    expect(() => plan(history(['empty', '0000000000', '0000000000'], ['one', 'b1', 'm1']))).toThrow(
      /nothing to go back to/,
    );
    const undone = history(
      ['one', 'b1', 'm1'],
      ['two', 'b2', 'm1'],
      ['undo', 'b1', 'm1', { restores: 'one' }],
    );
    expect(() => plan(undone)).toThrow(/nothing to go back to/);
    expect(() => plan(history(['one', 'b1', 'm1'], ['two', 'b2', 'm1']), { app: 'mcp' })).toThrow(
      /no earlier image of mcp/,
    );
  });

  it('is refused for a service that does not exist, naming those that do', () => {
    const commits = history(['one', 'b1', 'm1'], ['two', 'b2', 'm1']);
    expect(() => plan(commits, { app: 'bakend' })).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('backend, mcp') as string }),
    );
  });
});

it('keeps services that did not exist then, and leaves out those that no longer exist', () => {
  expect(restoredTags({ backend: 'b2', fresh: 'f1' }, { backend: 'b1', gone: 'g1' })).toEqual({
    backend: 'b1',
    fresh: 'f1',
  });
});

it('takes a commit for the values commit that it is, or else for the one that shipped it', () => {
  const commits = history(
    ['aaaa1111', 'b1', 'm1'],
    ['bbbb2222', 'b2', 'm1', { source: 'aaaa1111' }],
    ['cccc3333', 'b3', 'm1', { source: 'dddd' }],
  );
  expect(valuesCommitOf(commits, 'aaaa1111')?.commit).toBe('aaaa1111');
  expect(valuesCommitOf(commits, 'dddd4444')?.commit).toBe('cccc3333');
  expect(valuesCommitOf(commits, 'eeee5555')).toBeUndefined();
});

it('knows which sources an image was built from, also after it was rolled back to', () => {
  const commits = history(
    ['one', 'b1', 'm1', { source: 's1' }],
    ['two', 'b2', 'm1', { source: 's2' }],
    ['undo', 'b1', 'm1', { restores: 'one' }],
  );
  expect(sourceOf(commits, 'backend', 'b1')).toBe('s1');
  expect(sourceOf(commits, 'backend', 'b9')).toBeUndefined();
});

it('compares tags, also of services that come or go', () => {
  expect(tagChanges({ a: '1', b: '1' }, { a: '2', c: '1' })).toEqual({
    a: { from: '1', to: '2' },
    b: { from: '1', to: '' },
    c: { from: '', to: '1' },
  });
});
