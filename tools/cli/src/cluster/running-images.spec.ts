import { describe, expect, it } from 'vitest';
import { runningTags } from './running-images.ts';

const made = (second: number) => new Date(second * 1000);
const image = (app: string, tag: string) => `localhost:5000/todo/${app}:${tag}`;

describe('the tags that run', () => {
  it('come from Deployments and the newest Job, whatever else runs', () => {
    const workloads = [
      { app: 'migrations', image: image('migrations', 'm1'), made: made(9) },
      { app: 'migrations', image: image('migrations', 'm2'), made: made(5) },
      { app: 'backend', image: image('backend', 'b1'), made: made(1) },
      { app: 'postgres', image: 'postgres:18', made: made(1) },
    ];
    const current = { backend: 'b2', migrations: 'm2', switchedOff: 's1' };
    expect(runningTags(workloads, current)).toEqual({
      backend: 'b1',
      migrations: 'm1',
      switchedOff: 's1',
    });
  });

  it('are refused when a service runs something else', () => {
    for (const other of ['nginx:1', image('mcp', 'b1'), 'localhost:5000/todo/backend@sha256:0']) {
      const workloads = [{ app: 'backend', image: other, made: made(1) }];
      expect(() => runningTags(workloads, { backend: 'b1' })).toThrow(
        /no image of this repository/,
      );
    }
  });
});
