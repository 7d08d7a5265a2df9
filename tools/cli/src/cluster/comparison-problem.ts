import { OUTSIDE } from '../git-server-error.ts';
import { UserError } from '../user-error.ts';
import { ARGOCD_NAMESPACE } from './argocd.ts';
import { PartError, type Part } from './part-error.ts';

/** Whose fault it is that Argo CD cannot make manifests of a commit. */
export type Fault =
  /** The charts or values of the commit. */
  | 'commit'
  /** The git server refuses the password that Argo CD has. */
  | 'credentials'
  /** What Argo CD needs does not answer, which may pass. */
  | Part;

const faults: [RegExp, Fault][] = [
  [/no space left on device|disk quota exceeded/i, 'node'],
  [
    /authentication required|authorization failed|invalid (username|credentials)|ssh: handshake failed|knownhosts|permission denied \(publickey|repository not (found|accessible)|terminal prompts disabled|HTTP Basic|: 40[13]\b/i,
    'credentials',
  ],
  [/:8081\b|:6379\b|code = Unavailable|repo-?server/i, 'Argo CD'],
  [
    /failed to (list refs|fetch)|ls-remote|git fetch|git\/info\/refs|gitea|remote repository|unable to access/i,
    'git server',
  ],
  [/code = DeadlineExceeded|connection (refused|reset)|i\/o timeout|no such host/i, 'Argo CD'],
];

/**
 * Reads the message of an Application's ComparisonError. What Helm says of a chart is the commit's
 * fault; before it, Argo CD must reach its repo-server, and that the git server.
 */
export function faultOf(message: string): Fault {
  if (
    /`?helm (template|dependency)|values don't meet|error calling include|YAML parse error/i.test(
      message,
    )
  ) {
    return /no space left on device/i.test(message) ? 'node' : 'commit';
  }
  return faults.find(([pattern]) => pattern.test(message))?.[1] ?? 'commit';
}

/** The part of a ComparisonError that a person needs: what Helm said, without what Argo CD ran. */
export function essence(message: string): string {
  return message
    .replace(/^Failed to load target state: /, '')
    .replace(/failed to generate manifest for source \d+ of \d+: /, '')
    .replace(/rpc error: code = \w+ desc = /g, '')
    .replace(/Manifest generation error \(cached\): /, '')
    .replace(/(?:failed to execute helm template command: |error building [^:]+: )+/g, '')
    .replace(/`helm template [^`]*` failed exit status \d+: /, '')
    .replace(/\s*Use --debug flag to render out invalid YAML\s*$/, '')
    .trim()
    .slice(0, 800);
}

/** The error for a commit that Argo CD cannot make manifests of. */
export function comparisonError(message: string, commit: string): UserError {
  const fault = faultOf(message);
  const said = essence(message);
  const short = commit.slice(0, 12);
  if (fault === 'commit') {
    return new UserError(
      `Argo CD cannot apply ${short}, because it does not render:\n${said}`,
      'What runs now goes on running. Mend the chart or the values, commit, and run "npm run ship"; or take the commit back with "git revert".',
    );
  }
  if (fault === 'credentials') {
    return new PartError(
      'git server',
      `Argo CD cannot read ${short}: the git server refuses the credentials in Secret todo-chatbot-repository in namespace ${ARGOCD_NAMESPACE}.\n${said}`,
      `Run "npm run up", which gives Argo CD the right ones${OUTSIDE}, and the same command again. Your commit is on the git server.`,
    );
  }
  const who = fault === 'Argo CD' ? 'a part of Argo CD does' : `the ${fault} does`;
  return new PartError(
    fault,
    fault === 'node'
      ? `Argo CD cannot read ${short}: the disk of the node is full.\n${said}`
      : `Argo CD cannot read ${short}: ${who} not answer.\n${said}`,
    'Run "npm run up", which starts what is missing, and the same command again. Your commit is on the git server.',
  );
}
