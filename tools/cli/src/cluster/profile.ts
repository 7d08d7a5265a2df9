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
  const parsed = profileList.safeParse(jsonOf(text));
  const found = parsed.data?.valid?.find(({ Name }) => Name === profile);
  if (!found) return 'missing';
  return /^(ok|running)$/i.test(found.Status) ? 'running' : 'stopped';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{')));
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

/**
 * The address on this machine that reaches a port of the profile's node.
 * @throws UserError when the profile does not publish the port, as one made by other means
 */
export async function publishedPort(profile: string, port: number): Promise<number> {
  const text = await run('docker', ['port', profile, String(port)], {
    hint: `The profile "${profile}" was not made by "npm run up". Delete it with "minikube delete -p ${profile}", or choose another with --profile.`,
  });
  const found = /:(\d+)\s*$/m.exec(text)?.[1];
  if (!found) {
    throw new UserError(
      `The node of profile "${profile}" does not publish its port ${port}.`,
      `Run "npm run down -- --delete" and "npm run up" to make the profile anew.`,
    );
  }
  return Number(found);
}

export interface Addresses {
  frontend: string;
  ingress: string;
  argocd: string;
  git: string;
  registry: string;
}

/** URLs of everything a profile publishes on this machine; `registry` is host:port. */
export async function addressesOf(profile: string): Promise<Addresses> {
  const port = (key: keyof typeof nodePorts) => publishedPort(profile, nodePorts[key].node);
  const [frontend, ingress, git, argocd, registry] = await Promise.all([
    port('frontend'),
    port('ingress'),
    port('git'),
    port('argocd'),
    publishedPort(profile, REGISTRY_PORT),
  ]);
  return {
    frontend: `http://localhost:${frontend}`,
    ingress: `http://todo.localhost:${ingress}`,
    argocd: `https://localhost:${argocd}`,
    git: `http://localhost:${git}`,
    registry: `localhost:${registry}`,
  };
}
