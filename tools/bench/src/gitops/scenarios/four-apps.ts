import { expectSame, half, type Scenario } from '../bench.ts';
import { commitEdits, editAllApps } from '../edits.ts';
import { remember, ship, stageSample, tagsOf } from '../measure-arrival.ts';

/** One line of each of the four services, in one ship and one commit. */
export const fourApps: Scenario = {
  name: 'four-apps',
  title: 'ship of a one-line change in each of the four services',
  times: half,
  begin: async (bench) => ({
    async once() {
      await editAllApps(bench.clone);
      const before = await tagsOf(bench, 'HEAD');
      const began = Date.now();
      await commitEdits(bench.clone);
      const { commit, restarted, stages, totalMs } = await ship(bench);
      const returned = Date.now() - began;
      remember(bench, await tagsOf(bench, commit), before);
      expectSame('what restarted', restarted, ['agent', 'backend', 'frontend', 'mcp']);
      return { returned, command: totalMs, ...stageSample(stages) };
    },
  }),
};
