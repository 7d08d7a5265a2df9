import { afterAll, beforeAll, expect, it } from 'vitest';
import { openFaultBench, type FaultBench } from './cluster/fault-bench.ts';
import { keepTask } from './cluster/kept-task.ts';
import { baseUrl, describeOnCluster, profile } from './cluster/on-cluster.ts';
import { openOutages } from './cluster/outages.ts';
import { waitUntil } from './page/wait-until.ts';

const faults = process.env['E2E_FAULTS'];
/** Those that take long and show little that others do not. */
const rare = it.skipIf(faults !== 'all');
const OUTAGE_MS = 400_000;

const unless = faults === 'none' && 'E2E_FAULTS is none';

describeOnCluster('a cluster that breaks down', { unless }, () => {
  const outages = openOutages(profile);
  let bench: FaultBench;
  let taskIsThere: () => Promise<boolean>;

  beforeAll(async () => {
    bench = await openFaultBench(profile);
    taskIsThere = await keepTask(baseUrl);
  }, 300_000);
  afterAll(() => bench.close(), 240_000);

  const touchBackend = async (text: string) => {
    await bench.clone.append('apps/backend/src/app.ts', `\nprocess.env['TOUCHED'] = '${text}';\n`);
    await bench.clone.git('commit', '--quiet', '--all', '--message', `Touch the backend: ${text}`);
  };

  const stopAt = async (line: RegExp) => {
    await touchBackend(`${Date.now()}`);
    const ship = bench.begin(line);
    await ship.reached;
    try {
      await outages.stop();
      expect(await ship.ended).toMatch(/error: .*(is stopped|does not answer)[^]*npm run up/);
      expect(await bench.complaint()).toMatch(/is stopped[^]*npm run up/);
    } finally {
      await bench.todo('up');
    }
    await bench.finish();
    await waitUntil('the task is there', taskIsThere, 60_000);
  };

  it(
    'is stopped in the middle of a ship; up and the same command finish it',
    () => stopAt(/\[COMPLETED\] Deliver/),
    OUTAGE_MS,
  );

  rare(
    'is stopped in the middle of a ship, after the push; up and the same command finish it',
    () => stopAt(/\[COMPLETED\] Push/),
    OUTAGE_MS,
  );

  rare(
    'has no room left for images: the image is not lost, nor is what was there',
    async () => {
      await touchBackend(`${Date.now()}`);
      await bench.during(outages.fillRegistry(), async () => {
        expect(await bench.complaint()).toMatch(
          /could not be delivered[^]*Cause: the disk .* is full/,
        );
      });
      expect((await bench.finish()).restarted).toEqual(['backend']);
    },
    OUTAGE_MS,
  );

  it.each([
    {
      what: 'is frozen: the ship ends by itself, and says how to thaw it',
      begin: () => outages.freeze(),
      says: /is paused[^]*docker unpause/,
    },
    {
      what: 'has a node whose disk is full',
      change: () => touchBackend(`${Date.now()}`),
      begin: () => outages.pressDisk(),
      says: /Cause: the disk of node .* is full[^]*docker system df/,
    },
    {
      what: 'is called with a certificate that has expired; up renews it',
      begin: () => outages.expireCertificate(),
      says: /refuses the credentials in your kubeconfig/,
      mend: () => bench.todo('up'),
    },
    {
      what: 'has a git server whose password somebody changed; up makes them agree again',
      begin: () => bench.faults.changeGitPassword(),
      says: /refuses the password[^]*npm run up/,
      mend: () => bench.todo('up'),
    },
  ])(
    '$what',
    async (fault) => {
      await bench.survive(fault);
      await waitUntil('the task is there', taskIsThere, 60_000);
    },
    OUTAGE_MS,
  );

  it(
    'can make volumes again: up starts what an outage has taken away',
    async () => {
      await bench.todo('up');
      const provisioner = ['-n', 'kube-system', 'get', 'pod', 'storage-provisioner'];
      const phase = () => bench.faults.kubectl(...provisioner, '-o', 'jsonpath={.status.phase}');
      await waitUntil('it runs', async () => (await phase()) === 'Running', 60_000);
    },
    OUTAGE_MS,
  );

  rare(
    'gets an image that crashes: the ship shows why, and the old pods go on serving',
    async () => {
      const source = 'apps/backend/src/main.ts';
      const main = 'await runMain(async () => {';
      const broken = "if (Date.now() > 0) throw new Error('broken on purpose');";
      await bench.clone.edit(source, main, `${main} ${broken}`);
      await bench.clone.git('commit', '--quiet', '--all', '--message', 'Break the backend');
      const said = await bench.complaint();
      expect(said).toMatch(/rollout failed: backend-.*CrashLoopBackOff[^]*broken on purpose/);
      expect((await fetch(`${baseUrl}/api/openapi.json`)).status).toBe(200);
      await bench.clone.git('revert', '--no-edit', 'HEAD~1');
      await bench.finish();
    },
    OUTAGE_MS,
  );
});
