import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { atIngress } from './cluster/at-ingress.ts';
import { command } from './cluster/command.ts';
import { baseUrl, describeOnCluster, profile } from './cluster/on-cluster.ts';
import { podsByService } from './cluster/pods.ts';
import { returnTo } from './cluster/return-to.ts';
import { makeScratchClone, type ScratchClone } from './cluster/scratch-clone.ts';
import { waitUntil } from './page/wait-until.ts';

interface Shipped {
  built: string[];
  delivered: string[];
  restarted: string[];
}
interface Status {
  services: { name: string; ready: number; wanted: number }[];
}
interface Policy {
  spec: {
    ingress: { from?: Peer[] }[];
    egress: { to: Peer[] }[];
  };
}
interface Peer {
  podSelector?: { matchLabels: Record<string, string> };
  namespaceSelector?: { matchLabels: Record<string, string> };
}

/** Three kinds, all the options, and arrows among them and to the services that ship. */
const requests = {
  reminders: ['--calls=backend', '--public', '--replicas=2'],
  weather: ['--kind=mcp', '--calls=reminders', '--database', '--public'],
  digest: ['--kind=worker', '--calls=backend,weather'],
};
const made = Object.keys(requests).sort();

describeOnCluster('services come and go', () => {
  let clone: ScratchClone;
  let start: string;
  let podsBefore: Record<string, string[]>;

  const ship = async () => (await clone.script('ship', '--profile', profile)) as Shipped;
  const generate = (generator: string, ...args: string[]) =>
    // A daemon of Nx would outlive the clone.
    command(
      'env',
      [
        ...['NX_DAEMON=false', 'npx', 'nx', 'g', `@todo/workspace:${generator}`],
        ...[...args, '--no-interactive'],
      ],
      { cwd: clone.folder },
    );
  const commit = async (message: string) => {
    await clone.git('add', '--all');
    await clone.git('commit', '--quiet', '--message', message);
  };
  const kubectl = (...args: string[]) =>
    command('kubectl', ['--context', profile, '-n', 'chatbot-dev', ...args]);
  const ingress = (path: string) => new URL(path, process.env['E2E_INGRESS_URL']);

  beforeAll(async () => {
    clone = await makeScratchClone();
    // Whatever was not shipped yet is not what this is about.
    await ship();
    start = await clone.git('rev-parse', 'HEAD');
    podsBefore = await podsByService(profile);
  }, 600_000);
  afterAll(() => returnTo(clone, profile, start), 600_000);

  it('makes three of three kinds, and ships them at once with one commit', async () => {
    for (const [name, options] of Object.entries(requests)) {
      await generate('service', name, ...options);
      // The registry still has the images of an earlier run: the same sources have the same tag.
      await clone.append(`apps/${name}/src/main.ts`, `// ${randomUUID()}\n`);
    }
    await commit('Make three services');
    const source = await clone.git('rev-parse', 'HEAD');

    const shipped = await ship();
    expect(shipped.built.toSorted()).toEqual(made);
    expect(shipped.delivered.toSorted()).toEqual(made);
    expect(await clone.git('rev-list', '--count', `${source}..HEAD`)).toBe('1');
    expect(await clone.git('diff', '--name-only', source, 'HEAD')).toBe(
      'gitops/environments/dev/images.yaml',
    );
    const pods = await podsByService(profile);
    expect(pods).toMatchObject(podsBefore);
    expect(Object.keys(pods).sort()).toEqual([...Object.keys(podsBefore), ...made].sort());
    expect(pods['reminders']).toHaveLength(2);
    const { services } = (await clone.script('status', '--profile', profile)) as Status;
    for (const name of made) {
      const { ready, wanted } = services.find((service) => service.name === name) ?? {};
      expect(ready, name).toBe(wanted);
    }
  }, 600_000);

  it('answers at the ingress host, and reaches the service that it calls', async () => {
    const { status, body } = await atIngress(ingress('/reminders'));
    expect({ status, body: JSON.parse(body) as unknown }).toEqual({
      status: 200,
      body: { service: 'reminders', backend: 'ok' },
    });
  });

  it('offers its tools at the ingress host, to whom the backend has given a token', async () => {
    const who = async (token?: string) => {
      const { status, body } = await atIngress(ingress('/weather/mcp'), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({
          ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
          params: { name: 'who_am_i', arguments: {} },
        }),
      });
      return `${status} ${body}`;
    };
    expect(await who()).toMatch(/^401 .*token_missing/);
    // The tool asks the database and the service reminders before it answers.
    const { token, userId } = await person();
    expect(await who(token)).toMatch(new RegExp(`^200 [^]*The tools work as ${userId}`));
  });

  it('lets the worker do its work, and nobody call it', async () => {
    // Its readiness is that a round of work reached the backend and the MCP server.
    await kubectl('wait', '--for=condition=Available', 'deployment/digest', '--timeout=60s');
    await expect(kubectl('get', 'service', 'digest-service')).rejects.toThrow(/not found/);
    await expect(kubectl('get', 'ingress', 'digest')).rejects.toThrow(/not found/);
    expect((await policyOf('digest')).from).toEqual(['monitoring']);
  }, 90_000);

  it('opens exactly the arrows that were declared, at both ends', async () => {
    expect(await policyOf('reminders')).toEqual({
      from: ['monitoring', 'traefik', 'weather'],
      to: ['backend', 'kube-system'],
    });
    expect(await policyOf('weather')).toEqual({
      from: ['digest', 'monitoring', 'traefik'],
      to: ['backend', 'kube-system', 'postgres', 'reminders'],
    });
    expect((await policyOf('digest')).to).toEqual(['backend', 'kube-system', 'weather']);
    expect((await policyOf('backend')).from).toEqual(
      expect.arrayContaining(['digest', 'reminders', 'weather']),
    );
    expect((await policyOf('postgres')).from).toContain('weather');
    expect((await policyOf('postgres')).from).not.toContain('reminders');
  });

  it('refuses to remove what others call, and removes the rest to the last byte', async () => {
    await expect(generate('remove-service', 'weather')).rejects.toThrow(/is called by digest/);
    for (const name of ['digest', 'weather', 'reminders']) {
      await generate('remove-service', name);
    }
    await commit('Remove three services');
    expect(await clone.git('diff', '--stat', start, 'HEAD')).toBe('');

    const shipped = await ship();
    expect(shipped).toMatchObject({ built: [], restarted: [] });
    const names = `app.kubernetes.io/name in (${made.join(',')})`;
    const kinds = 'deploy,rs,pod,svc,endpointslice,ingress,cm,sa,netpol,pdb,hpa';
    await waitUntil(
      'nothing of the three is left',
      async () => (await kubectl('get', kinds, '--selector', names, '--output=name')) === '',
      60_000,
    );
    expect((await policyOf('postgres')).from).not.toContain('weather');
    expect(await podsByService(profile)).toEqual(podsBefore);
    // Nobody answers there any more but the page, which owns all other paths.
    expect((await atIngress(ingress('/reminders'))).body).not.toContain('"service"');
  }, 300_000);

  async function policyOf(name: string): Promise<{ from: string[]; to: string[] }> {
    const { spec } = JSON.parse(
      await kubectl('get', 'networkpolicy', name, '--output=json'),
    ) as Policy;
    const named = (peers: Peer[]) =>
      peers
        .map(
          ({ podSelector, namespaceSelector }) =>
            namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] ??
            podSelector?.matchLabels['app.kubernetes.io/name'] ??
            '?',
        )
        .sort();
    return {
      from: named(spec.ingress.flatMap(({ from = [] }) => from)),
      to: named(spec.egress.flatMap(({ to }) => to)),
    };
  }
});

/** Makes an account, and a token for MCP servers in its name. */
async function person(): Promise<{ token: string; userId: string }> {
  const send = async (path: string, body: object, cookie = '') => {
    const response = await fetch(new URL(path, baseUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: new URL(baseUrl).origin, cookie },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const account = { name: 'Wendy', email: `${randomUUID()}@example.com`, password: randomUUID() };
  const signedUp = await send('/api/auth/sign-up/email', account);
  const cookie = signedUp.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const { user } = (await signedUp.json()) as { user: { id: string } };
  const minted = await send('/api/tokens', { audience: 'todo-mcp' }, cookie);
  return { token: ((await minted.json()) as { token: string }).token, userId: user.id };
}
