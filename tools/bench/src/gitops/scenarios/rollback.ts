import { expectSame, half, type Scenario } from '../bench.ts';
import { commitEdits, editBackend } from '../edits.ts';
import { APP, measureArrival, remember, ship, tagsOf } from '../measure-arrival.ts';

/** Back to the image before; each run goes one further, so there is one ship for each. */
export const rollback: Scenario = {
  name: 'rollback',
  title: 'rollback of the backend, image in the registry',
  times: half,
  begin: async (bench) => {
    const before = await tagsOf(bench, 'HEAD');
    // One for each run, and one for the warm-up.
    for (let ships = 0; ships <= half(bench.runs); ships += 1) {
      bench.say(`a version to come back from, ${ships + 1} of ${half(bench.runs) + 1}`);
      await editBackend(bench.clone);
      await commitEdits(bench.clone);
      const { commit } = await ship(bench);
      remember(bench, await tagsOf(bench, commit), before);
    }
    return {
      async once() {
        const { sample, deployed } = await measureArrival(bench, ['rollback', APP]);
        expectSame('what restarted', deployed.restarted, [APP]);
        delete sample['deliveredBytes'];
        return sample;
      },
    };
  },
};
