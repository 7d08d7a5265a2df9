import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '../page/wait-until.ts';
import { command } from './command.ts';
import { openFaults, type Heal } from './faults.ts';

/** Ways to break the node itself, or the way to it. */
export function openOutages(profile: string) {
  const { kubectl, node, switchOff } = openFaults(profile);
  const kubelet = '/var/lib/kubelet/config.yaml';

  const restartKubelet = () => node('systemctl', 'restart', 'kubelet');
  const hasPressure = async () => {
    const path = 'jsonpath={.items[0].status.conditions[?(@.type=="DiskPressure")].status}';
    return (await kubectl('get', 'nodes', '-o', path)) === 'True';
  };

  return {
    /** Leaves the registry's volume as it is and no room for anything new in it. */
    async fillRegistry(): Promise<Heal> {
      const path = 'jsonpath={.items[?(@.spec.claimRef.namespace=="registry")].spec.hostPath.path}';
      const volume = await kubectl('get', 'pv', '-o', path);
      const on = await switchOff('registry', 'registry');
      const room = '/var/tmp/no-room';
      await node('mkdir', '-p', room);
      await node('mount', '-t', 'tmpfs', '-o', 'size=256k,mode=0777', 'tmpfs', room);
      await node('mkdir', '-m', '0777', `${room}/upper`, `${room}/work`);
      const layers = `lowerdir=${volume},upperdir=${room}/upper,workdir=${room}/work`;
      await node('mount', '-t', 'overlay', '-o', layers, 'overlay', volume);
      await on();
      return async () => {
        const onAgain = await switchOff('registry', 'registry');
        await node('umount', volume, room);
        await onAgain();
      };
    },

    /**
     * Makes the kubelet find the disk too full for new pods. The threshold moves, not the disk, which
     * is this machine's; as a soft threshold it evicts nobody.
     */
    async pressDisk(): Promise<Heal> {
      await node('cp', kubelet, `${kubelet}.before`);
      const settings = [
        'evictionSoft: {nodefs.available: 99%}',
        'evictionSoftGracePeriod: {nodefs.available: 1h}',
        'evictionPressureTransitionPeriod: 5s',
      ];
      await node(
        'sh',
        '-c',
        `sed -i '/^evictionPressureTransitionPeriod/d' ${kubelet}; printf '%s\\n' "$@" >> ${kubelet}`,
        'sh',
        ...settings,
      );
      await restartKubelet();
      await waitUntil('the kubelet reports disk pressure', hasPressure, 60_000);
      return async () => {
        // Its own period would be five minutes: the short one stays until the pressure is gone.
        await node('sh', '-c', `sed -i '/^evictionSoft/d' ${kubelet}`);
        await restartKubelet();
        await waitUntil('the pressure is gone', async () => !(await hasPressure()), 60_000);
        await node('mv', `${kubelet}.before`, kubelet);
        await restartKubelet();
        // The kubelet took no pod back while the disk was full.
        for (const namespace of ['registry', 'gitea', 'argocd']) {
          const ready = ['wait', 'deployment', '--all', '--for=condition=Available'];
          await kubectl('-n', namespace, ...ready, '--timeout=120s');
        }
      };
    },

    /** Freezes the node: everything in it is there, and nothing answers. */
    async freeze(): Promise<Heal> {
      await command('docker', ['pause', profile]);
      return async () => {
        const state = ['container', 'inspect', '--format', '{{.State.Paused}}', profile];
        if ((await command('docker', state)) !== 'true') return;
        await command('docker', ['unpause', profile]);
      };
    },

    /** Stops the cluster, as somebody does who goes home. */
    stop: () => command('minikube', ['stop', '--profile', profile]),

    /** Lets the client certificate expire that the kubeconfig names. */
    async expireCertificate(): Promise<Heal> {
      const view = ['--context', profile, 'config', 'view', '--minify', '--raw', '-o'];
      const paths = await command('kubectl', [
        ...view,
        'jsonpath={.clusters[0].cluster.certificate-authority} {.users[0].user.client-certificate}',
      ]);
      const [authority = '', certificate = ''] = paths.split(' ');
      const keyOf = (path: string) => path.replace(/crt$/, 'key');
      const folder = await mkdtemp(join(tmpdir(), 'expired-'));
      const openssl = (...args: string[]) => command('openssl', args, { cwd: folder });
      await copyFile(certificate, join(folder, 'before.crt'));
      await openssl(
        ...['req', '-new', '-key', keyOf(certificate), '-out', 'client.csr'],
        ...['-subj', '/O=system:masters/CN=minikube-user'],
      );
      await openssl(
        ...['x509', '-req', '-in', 'client.csr', '-days', '-1', '-out', 'client.crt'],
        ...['-CA', authority, '-CAkey', keyOf(authority), '-CAcreateserial', '-CAserial', 'serial'],
      );
      await copyFile(join(folder, 'client.crt'), certificate);
      return async () => {
        const expired = await readFile(join(folder, 'client.crt'), 'utf8');
        if ((await readFile(certificate, 'utf8')) === expired) {
          await copyFile(join(folder, 'before.crt'), certificate);
        }
        await rm(folder, { recursive: true });
      };
    },
  };
}
