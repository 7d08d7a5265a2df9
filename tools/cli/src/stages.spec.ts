import { describe, expect, it } from 'vitest';
import { runStages } from './stages.ts';
import { UserError } from './user-error.ts';

const stage = (name: string, run: () => Promise<string | undefined>) => ({
  name,
  title: name,
  run,
});
const done = () => Promise.resolve(undefined);

describe('stages', () => {
  it('run in order, those that belong together at once, each with its time', async () => {
    const seen: string[] = [];
    let release: () => void = () => undefined;
    const second = new Promise<void>((resolve) => {
      release = resolve;
    });
    const times = await runStages(
      [
        stage('a', async () => void seen.push('a')),
        {
          // Ends only because its companion runs meanwhile.
          ...stage('b', () => second.then(() => void seen.push('b'))),
          with: [stage('c', async () => (release(), undefined))],
        },
        stage('d', async () => void seen.push('d')),
      ],
      {},
      { quiet: true },
    );
    expect(seen).toEqual(['a', 'b', 'd']);
    expect(Object.keys(times).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('stop at the first failure and hand on that very error', async () => {
    const error = new UserError('broken', 'mend it');
    let reached = false;
    const run = runStages(
      [
        { ...stage('a', done), with: [stage('b', () => Promise.reject(error))] },
        stage('c', async () => {
          reached = true;
          return undefined;
        }),
      ],
      {},
      { quiet: true },
    );
    await expect(run).rejects.toBe(error);
    expect(reached).toBe(false);
  });
});
