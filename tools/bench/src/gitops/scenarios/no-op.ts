import { expectSame, half, type Scenario } from '../bench.ts';
import { ship, stageSample } from '../measure-arrival.ts';

/** A ship with nothing to do. */
export const noOp: Scenario = {
  name: 'no-op',
  title: 'ship with nothing changed',
  times: half,
  begin: async (bench) => ({
    async once() {
      const head = await bench.clone.git('rev-parse', 'HEAD');
      const began = Date.now();
      const { commit, restarted, stages, totalMs } = await ship(bench);
      const returned = Date.now() - began;
      expectSame('the commit', commit, head);
      expectSame('what restarted', restarted, []);
      return { returned, command: totalMs, ...stageSample(stages) };
    },
  }),
};
