import { workspaceRoot } from '@nx/devkit';

/** Folder of the repository: every path below is relative to it. */
export const root = workspaceRoot;

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

/** The profile to work on: `--profile`, else `TODO_PROFILE`, else `todo`. */
export function profileFrom(
  option: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): string {
  return option ?? (env['TODO_PROFILE'] || DEFAULT_PROFILE);
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
