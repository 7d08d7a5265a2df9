import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from './user-error.ts';

/** Folder of the repository: every path below is relative to it. */
export const root = join(import.meta.dirname, '../../..');

export const DEFAULT_PROFILE = 'todo';
export const GIT_REMOTE = 'minikube';
export const BRANCH = 'main';
export const IMAGE_PREFIX = 'todo';

/** Argo CD's install manifest; `ARGOCD_MANIFEST` gives another path or URL. */
export const ARGOCD_VERSION = 'v3.2.11';
export function argocdManifest(env: NodeJS.ProcessEnv = process.env): string {
  return (
    env['ARGOCD_MANIFEST'] ||
    `https://raw.githubusercontent.com/argoproj/argo-cd/${ARGOCD_VERSION}/manifests/install.yaml`
  );
}

/**
 * The profile to work on: `--profile`, else `TODO_PROFILE`, else `todo`.
 * @throws UserError for a name that minikube would not take
 */
export function profileFrom(
  option: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const profile = option ?? (env['TODO_PROFILE'] || DEFAULT_PROFILE);
  if (!/^[a-z0-9][a-z0-9-]+$/i.test(profile)) {
    throw new UserError(
      `"${profile}" is not a name for a minikube profile.`,
      'Use two or more letters, digits and dashes, such as --profile todo.',
    );
  }
  return profile;
}

/** The environments, each a folder under `gitops/environments`. */
export function environments(): string[] {
  const folder = join(root, 'gitops/environments');
  return readdirSync(folder).filter((one) => existsSync(join(folder, one, 'images.yaml')));
}

/**
 * Checks that an environment is one of those under `gitops/environments`.
 * @returns its name
 * @throws UserError when it is not
 */
export function environmentFrom(name: string): string {
  const known = environments();
  if (!known.includes(name)) {
    throw new UserError(`There is no environment "${name}".`, `There are: ${known.join(', ')}.`);
  }
  return name;
}

/** What runs where on the node, and the host port asked for when the profile is made (0 = any free). */
export const nodePorts = {
  frontend: { node: 30000, host: 30000 },
  ingress: { node: 30080, host: 8080 },
  git: { node: 30030, host: 0 },
  argocd: { node: 30443, host: 8443 },
} as const;

/** minikube publishes this port by itself; the registry listens there on the node's own network. */
export const REGISTRY_PORT = 5000;

export const namespaceOf = (environment: string): string => `chatbot-${environment}`;
export const applicationOf = (environment: string): string => `todo-${environment}`;
