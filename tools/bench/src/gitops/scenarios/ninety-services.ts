import { inClone, type Scenario } from '../bench.ts';
import { tagsOf } from '../measure-arrival.ts';

const SERVICES = Array.from({ length: 90 }, (_, index) => `service-${index + 1}`);

/** Tags as long as real ones, other ones each time. */
const tags = (round: number): Record<string, string> =>
  Object.fromEntries(
    SERVICES.map((name, index) => [name, String(10n ** 18n + BigInt(round * 1000 + index))]),
  );

/** Ship's own stage, in the clone; the time without that of starting Node. */
const STAGE = `
  const { commitValues } = await import('./tools/cli/src/values-commit.ts');
  const tags = JSON.parse(process.argv[1]);
  const began = performance.now();
  const changed = await commitValues('dev', tags);
  console.log(JSON.stringify({ ms: performance.now() - began, changed: changed.length }));
`;

/**
 * The stage that writes the values and commits them, for 90 services that all changed: without
 * images, and without a push.
 */
export const ninetyServices: Scenario = {
  name: 'ninety-services',
  title: 'values and commit of 90 services in one ship',
  times: (runs) => runs,
  begin: async (bench) => {
    const real = await tagsOf(bench, 'HEAD');
    let round = 0;
    return {
      async once() {
        round += 1;
        const all = JSON.stringify({ ...real, ...tags(round) });
        const script = ['--input-type=module', '--eval', STAGE, all];
        const said = await inClone(bench, process.execPath, script);
        const { ms, changed } = JSON.parse(said) as { ms: number; changed: number };
        if (changed !== SERVICES.length) throw new Error(`${changed} services changed, not 90.`);
        return { command: ms };
      },
    };
  },
};
