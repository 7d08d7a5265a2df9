import { afterAll, beforeAll, expect, it } from 'vitest';
import { openFaultBench, type FaultBench } from './cluster/fault-bench.ts';
import { describeOnCluster, profile } from './cluster/on-cluster.ts';
import { podsByService } from './cluster/pods.ts';

const faults = process.env['E2E_FAULTS'];
const FAULT_MS = 180_000;

const unless = faults === 'none' && 'E2E_FAULTS is none';

/** Each ends by itself with its cause; when that is gone, the same command finishes the work. */
describeOnCluster('a ship that cannot go on', { unless }, () => {
  let bench: FaultBench;

  beforeAll(async () => {
    bench = await openFaultBench(profile);
  }, 300_000);
  afterAll(() => bench.close(), 240_000);

  it.each([
    {
      what: 'a git server that is down',
      begin: () => bench.faults.switchOff('gitea', 'gitea'),
      says: /does not answer[^]*Cause: the git server is switched off: Deployment[^]*npm run up/,
    },
    {
      what: 'a repo-server of Argo CD that is down, not the commit',
      begin: () => bench.faults.switchOff('argocd', 'argocd-repo-server'),
      says: /^(?![^]*Mend the chart)[^]*Argo CD's repo-server is switched off/,
    },
    {
      what: 'a registry that is down',
      begin: () => bench.faults.switchOff('registry', 'registry'),
      says: /Cause: the registry is switched off/,
    },
    {
      what: 'a password that the git server no longer takes; up gives the right one',
      begin: () => bench.faults.spoilGitPassword(),
      says: /refuses the (credentials|password)[^]*npm run up/,
      mend: () => bench.todo('up'),
    },
  ])('names $what', (fault) => bench.survive(fault), FAULT_MS);

  it(
    'names what does not render, and leaves what runs alone',
    async () => {
      const pods = await podsByService(profile);
      await bench.clone.append('gitops/environments/dev/values.yaml', 'agent:\n  replica: 2\n');
      await bench.clone.git('commit', '--quiet', '--all', '--message', 'Misspell a value');
      // Where Helm is installed, a ship does not even push it.
      expect(await bench.complaint()).toMatch(/'?replica'? (is )?not allowed[^]*mend/i);
      await bench.clone.git('push', '--quiet', 'minikube', 'HEAD:main');
      const said = await bench.complaint('wait');
      expect(said).toMatch(/cannot apply .* does not render:[^]*replica/);
      expect(said).toMatch(/Mend the chart or the values/);
      expect(await podsByService(profile)).toEqual(pods);
      await bench.clone.git('revert', '--no-edit', 'HEAD');
      expect((await bench.finish()).restarted).toEqual([]);
    },
    FAULT_MS,
  );

  it(
    'names what the cluster refuses',
    async () => {
      const values = 'agent:\n  resources:\n    requests: { memory: 4Gi }\n';
      await bench.clone.append('gitops/environments/dev/values.yaml', values);
      await bench.clone.git(
        'commit',
        '--quiet',
        '--all',
        '--message',
        'Ask for more than the limit',
      );
      expect(await bench.complaint()).toMatch(
        /cannot apply[^]*must be less than or equal to memory/,
      );
      await bench.clone.git('revert', '--no-edit', 'HEAD');
      await bench.finish();
    },
    FAULT_MS,
  );
});
