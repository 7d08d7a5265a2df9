import { mergeConfig } from 'vitest/config';
import { vitestProject } from '../../vitest.base.ts';

// One browser at a time: the machine also carries the product, perhaps a whole cluster.
export default mergeConfig(vitestProject(import.meta.dirname), {
  test: { fileParallelism: false, testTimeout: 60_000 },
});
