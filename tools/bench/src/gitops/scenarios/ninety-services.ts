import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { commitTags, run, tagsMessage } from '@todo/cli';
import { imagesFile, writeImageTags } from '@todo/workspace';
import type { Scenario } from '../bench.ts';

const SERVICES = Array.from({ length: 90 }, (_, index) => `service-${index + 1}`);

/** Tags as long as real ones, other ones each time. */
const tags = (round: number): Record<string, string> =>
  Object.fromEntries(
    SERVICES.map((name, index) => [name, String(10n ** 18n + BigInt(round * 1000 + index))]),
  );

/**
 * The stage that writes the values and commits them, for 90 services that all changed: in a
 * repository of its own, without images and cluster.
 */
export const ninetyServices: Scenario = {
  name: 'ninety-services',
  title: 'values and commit of 90 services in one ship',
  times: (runs) => runs,
  begin: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'todo-bench-'));
    const git = (...args: string[]) => run('git', args, { cwd: folder });
    await git('init', '--quiet', '--initial-branch=main');
    await git('config', 'user.name', 'Ada Lovelace');
    await git('config', 'user.email', 'ada@example.invalid');
    const file = join(folder, imagesFile('dev'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, writeImageTags(undefined, tags(0), 'dev'));
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'Start');
    let round = 0;
    return {
      async once() {
        round += 1;
        const changed = tags(round);
        const began = performance.now();
        await commitTags(folder, 'dev', changed, tagsMessage('Ship all to dev', changed, {}));
        return { command: performance.now() - began };
      },
      end: () => rm(folder, { recursive: true }),
    };
  },
};
