import { describe, expect, it } from 'vitest';
import { UserError } from '../user-error.ts';
import { healthWatch, withCauses } from './explanation.ts';
import type { Cluster } from './kubernetes.ts';

describe('an error with causes', () => {
  it('says each remedy once, and to run the same command again', () => {
    const remedy = 'Run "npm run up".';
    const { message, hint } = withCauses(new UserError('The push failed.', 'Look.'), [
      { what: 'the node is not ready', remedy, lasting: true },
      { what: 'the git server is switched off', remedy, lasting: true },
    ]);
    expect(message).toBe(
      'The push failed.\nCause: the node is not ready; the git server is switched off.',
    );
    expect(hint).toMatch(/^Run "npm run up"\. Then run the same command again/);
  });

  it('stays as it is when the cluster knows of nothing', () => {
    const error = new UserError('The push failed.', 'Look.');
    expect(withCauses(error, [])).toBe(error);
  });
});

describe('a watch over the registry', () => {
  let at: number;
  const registry = (replicas: number, availableReplicas: number) =>
    ({
      context: 'todo',
      apps: {
        listNamespacedDeployment: () =>
          Promise.resolve({
            items: [{ spec: { replicas, selector: {} }, status: { availableReplicas } }],
          }),
      },
      core: { listNamespacedPod: () => Promise.resolve({ items: [] }) },
    }) as unknown as Cluster;
  const lookEverySecond = async (cluster: Cluster, seconds: number) => {
    at = 0;
    const watch = healthWatch(cluster, ['registry'], 'the registry', () => at);
    let said: string | undefined;
    for (; at < seconds; at += 1) said = await watch();
    return said;
  };

  it('says nothing while it is well', async () => {
    expect(await lookEverySecond(registry(1, 1), 60)).toBeUndefined();
  });

  it('tells what may pass for as long as it takes', async () => {
    expect(await lookEverySecond(registry(1, 0), 60)).toBe('the registry is not ready yet');
  });

  it('gives up, with the cause, when it will not pass', async () => {
    await expect(lookEverySecond(registry(0, 0), 60)).rejects.toThrow(/Cause: .*scaled to 0/);
    expect(at).toBeLessThan(30);
  });
});
