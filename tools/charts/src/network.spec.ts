import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChartsCopy, hasHelm } from './testing/helm.ts';
import { find, pods, type Manifest } from './testing/manifests.ts';

interface Peer {
  podSelector?: { matchLabels: Record<string, string> };
  namespaceSelector?: { matchLabels: Record<string, string> };
  ipBlock?: { cidr: string; except?: string[] };
}
interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports: { port: number; protocol: string }[];
}

function peerName({ podSelector, namespaceSelector, ipBlock }: Peer): string {
  const app = podSelector?.matchLabels['app.kubernetes.io/name'];
  const namespace = namespaceSelector?.matchLabels['kubernetes.io/metadata.name'];
  if (namespace === 'kube-system') return 'dns';
  return app ?? namespace ?? (ipBlock?.except ? 'internet' : (ipBlock?.cidr ?? '?'));
}

/** The shipped charts. Arrows of services that were added follow from their declarations. */
const SHIPPED = ['agent', 'backend', 'frontend', 'mcp', 'migrations', 'postgres'];

/** The arrows that leave (or enter) each shipped app, such as "backend → agent:8001". */
function arrows(manifests: Manifest[], direction: 'egress' | 'ingress'): string[] {
  const added = manifests
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ metadata }) => metadata.name)
    .filter((name) => !SHIPPED.includes(name));
  return manifests
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ metadata, spec }) =>
      (spec[direction] as Rule[]).flatMap(({ from, to, ports }) => {
        const peers = (to ?? from)?.map(peerName) ?? ['anywhere'];
        return peers.flatMap((peer) =>
          ports.map(({ port }) =>
            direction === 'egress'
              ? `${metadata.name} → ${peer}:${port}`
              : `${peer} → ${metadata.name}:${port}`,
          ),
        );
      }),
    )
    .filter((arrow) => !arrow.includes('→ dns:'))
    .filter(
      (arrow) =>
        !added.some((name) => ` ${arrow}`.includes(` ${name} `) || arrow.includes(` ${name}:`)),
    )
    .sort();
}

describe.skipIf(!hasHelm)('the network', () => {
  let charts: ChartsCopy;
  let dev: Manifest[];
  beforeAll(async () => {
    charts = new ChartsCopy();
    dev = await charts.environment('dev');
  });
  afterAll(() => charts[Symbol.dispose]());

  it('closes every pod both ways', () => {
    for (const [workload, pod] of Object.entries(pods(dev))) {
      const name = pod.metadata.labels['app.kubernetes.io/name'] ?? workload;
      const { spec } = find(dev, 'NetworkPolicy', name);
      expect(spec.podSelector.matchLabels, workload).toEqual({ 'app.kubernetes.io/name': name });
      expect(spec.policyTypes, workload).toEqual(['Ingress', 'Egress']);
      expect(spec.ingress, workload).toBeDefined();
    }
  });

  it('opens exactly the drawn arrows on their way out', () => {
    expect(arrows(dev, 'egress')).toEqual([
      'agent → backend:8000',
      'agent → internet:443',
      'agent → mcp:8002',
      'backend → agent:8001',
      'backend → postgres:5432',
      'frontend → backend:8000',
      'mcp → backend:8000',
      'mcp → postgres:5432',
      'migrations → postgres:5432',
    ]);
  });

  it('opens exactly the drawn arrows on their way in', () => {
    expect(arrows(dev, 'ingress')).toEqual([
      'agent → backend:8000',
      'agent → mcp:8002',
      // The NodePort: whoever reaches the node.
      'anywhere → frontend:3000',
      'backend → agent:8001',
      'backend → postgres:5432',
      'frontend → backend:8000',
      'mcp → backend:8000',
      'mcp → postgres:5432',
      'migrations → postgres:5432',
      'monitoring → agent:8001',
      'monitoring → backend:8000',
      'monitoring → mcp:8002',
      'traefik → backend:8000',
    ]);
  });

  it('lets every pod ask DNS', () => {
    for (const { metadata, spec } of dev.filter(({ kind }) => kind === 'NetworkPolicy')) {
      const dns = (spec.egress as Rule[]).find(({ to }) => to?.map(peerName).includes('dns'));
      expect(dns?.ports, metadata.name).toEqual([
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
      ]);
    }
  });

  it('keeps the agent, which runs a model, away from private addresses', () => {
    const rule = (find(dev, 'NetworkPolicy', 'agent').spec.egress as Rule[]).find(
      ({ to }) => to?.[0]?.ipBlock,
    );
    expect(rule?.to?.[0]?.ipBlock?.except).toEqual(
      expect.arrayContaining(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16']),
    );
  });

  it('leads to the database outside in prod, and to the frontend through the ingress only', async () => {
    const prod = await charts.environment('prod');
    expect(arrows(prod, 'egress').filter((arrow) => arrow.endsWith(':5432'))).toEqual([
      'backend → 0.0.0.0/0:5432',
      'mcp → 0.0.0.0/0:5432',
      'migrations → 0.0.0.0/0:5432',
    ]);
    expect(arrows(prod, 'ingress').filter((arrow) => arrow.includes('→ frontend'))).toEqual([
      'monitoring → frontend:3000',
      'traefik → frontend:3000',
    ]);
  });
});
