import getPort from 'get-port';
import { z } from 'zod';
import { run, runTelling } from '../command-line.ts';
import { nodePorts, REGISTRY_PORT } from '../settings.ts';
import { UserError } from '../user-error.ts';

export type ProfileState = 'missing' | 'stopped' | 'running';

const profileList = z.object({
  valid: z.array(z.object({ Name: z.string(), Status: z.string() })).nullish(),
  invalid: z.array(z.object({ Name: z.string() })).nullish(),
});

/** What minikube says of a profile. A broken profile counts as missing and is made anew. */
export async function profileState(profile: string): Promise<ProfileState> {
  // minikube exits with an error when there is no profile at all, and prints the list all the same.
  const text = await run('minikube', ['profile', 'list', '--output=json'], { reject: false });
  const parsed = profileList.safeParse(jsonOf(text, '{'));
  const found = parsed.data?.valid?.find(({ Name }) => Name === profile);
  if (!found) return 'missing';
  return /^(ok|running)$/i.test(found.Status) ? 'running' : 'stopped';
}

/** The JSON in a program's output, which may begin with warnings. */
function jsonOf(text: string, begin: '{' | '['): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf(begin)));
  } catch {
    return undefined;
  }
}

/**
 * Starts a profile; makes it first when there is none, with the ports that a person needs published
 * on 127.0.0.1. Resources, driver options and mirrors come from minikube's own configuration.
 */
export async function startProfile(
  profile: string,
  state: ProfileState,
  onLine: (line: string) => void,
): Promise<void> {
  const args = ['start', '--profile', profile];
  if (state === 'missing') {
    args.push('--driver=docker', '--container-runtime=containerd');
    for (const { node, host } of Object.values(nodePorts)) {
      args.push(`--ports=127.0.0.1:${await freePort(host)}:${node}`);
    }
  }
  await runTelling('minikube', args, onLine, {
    hint: `Look at "minikube logs --profile ${profile}", or start over with "npm run down -- --delete" and "npm run up".`,
  });
}

async function freePort(preferred: number): Promise<number> {
  return getPort({ host: '127.0.0.1', ...(preferred ? { port: preferred } : {}) });
}

const inspected = z.array(
  z.object({
    State: z.object({ Running: z.boolean() }),
    NetworkSettings: z.object({
      Ports: z.record(z.string(), z.array(z.object({ HostPort: z.string() })).nullable()),
    }),
  }),
);

/**
 * The ports of a profile's node that this machine publishes, with their ports here; undefined when
 * the node does not run. Asks Docker, which answers in a tenth of the time that minikube takes.
 */
async function publishedPorts(profile: string): Promise<Map<number, number> | undefined> {
  const text = await run('docker', ['container', 'inspect', profile], { reject: false });
  const node = inspected.safeParse(jsonOf(text, '[')).data?.[0];
  if (!node?.State.Running) return undefined;
  return new Map(
    Object.entries(node.NetworkSettings.Ports).flatMap(([port, bindings]) => {
      const here = bindings?.[0]?.HostPort;
      return here ? [[Number.parseInt(port, 10), Number(here)] as const] : [];
    }),
  );
}

export interface Addresses {
  frontend: string;
  ingress: string;
  argocd: string;
  git: string;
  registry: string;
}

/**
 * URLs of everything a running profile publishes on this machine; `registry` is host:port.
 * @throws UserError when the profile does not run, or was not made by `up`
 */
export async function addressesOf(profile: string): Promise<Addresses> {
  const published = await publishedPorts(profile);
  if (!published) throw await notRunning(profile);
  const port = (node: number) => {
    const here = published.get(node);
    if (here) return here;
    throw new UserError(
      `The node of profile "${profile}" does not publish its port ${node}, so it was not made by "npm run up".`,
      `Run "npm run down -- --delete --profile ${profile}" and "npm run up" to make it anew, or choose another with --profile.`,
    );
  };
  return {
    frontend: `http://localhost:${port(nodePorts.frontend.node)}`,
    ingress: `http://todo.localhost:${port(nodePorts.ingress.node)}`,
    argocd: `https://localhost:${port(nodePorts.argocd.node)}`,
    git: `http://localhost:${port(nodePorts.git.node)}`,
    registry: `localhost:${port(REGISTRY_PORT)}`,
  };
}

/**
 * @throws UserError when the profile's node does not run
 */
export async function expectRunning(profile: string): Promise<void> {
  if (!(await publishedPorts(profile))) throw await notRunning(profile);
}

async function notRunning(profile: string): Promise<UserError> {
  const state = await profileState(profile);
  if (state !== 'running') {
    return new UserError(`The cluster "${profile}" is ${state}.`, 'Run "npm run up" first.');
  }
  return new UserError(
    `The profile "${profile}" was not made by "npm run up": its node is no container of Docker's.`,
    `Delete it with "minikube delete -p ${profile}", or choose another with --profile.`,
  );
}
