import { expectSame, type Scenario } from '../bench.ts';
import { commitEdits, editBackend } from '../edits.ts';
import { APP, measureArrival } from '../measure-arrival.ts';

/** What the whole repository is about: one line of the backend, from the editor to both its pods. */
export const oneLine: Scenario = {
  name: 'one-line',
  title: 'ship of a one-line backend change',
  times: (runs) => runs,
  begin: async (bench) => ({
    async once() {
      const { sample, deployed } = await measureArrival(bench, ['ship'], {
        edit: () => editBackend(bench.clone),
        commit: () => commitEdits(bench.clone),
      });
      expectSame('what restarted', deployed.restarted, [APP]);
      return sample;
    },
  }),
};
