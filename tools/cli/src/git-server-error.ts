import { PartError } from './cluster/part-error.ts';

interface Cause {
  says: RegExp;
  why: string;
  hint: string;
}

/** The cluster can make up a password for its own git server only. */
export const OUTSIDE =
  ' (for a server outside the cluster: with TODO_GIT_TOKEN set to a valid token)';

const causes: Cause[] = [
  {
    says: /no space left on device|unable to create temporary (file|object)|disk quota/i,
    why: 'its disk is full',
    hint: 'Free space on this machine\'s disk, for instance what "docker system df" shows to be reclaimable, and run the same command again.',
  },
  {
    says: /could not read (Username|Password)|terminal prompts disabled/i,
    why: 'the cluster, which keeps the password for it, did not give it',
    hint: `Run "npm run up", which makes what is missing${OUTSIDE}, and the same command again.`,
  },
  {
    says: /Authentication failed|authorization failed|HTTP Basic|returned error: 40[13]/i,
    why: 'it refuses the password that the cluster has for it',
    hint: `Run "npm run up", which makes the two agree again${OUTSIDE}, and the same command again.`,
  },
  {
    says: /unable to access|failed to connect|could not resolve|empty reply|connection (was )?(reset|refused)|recv failure|too slow|hung up|early EOF|timed? ?out|returned error: 5\d\d/i,
    why: 'it does not answer',
    hint: 'Run "npm run up", which starts what is missing, and the same command again.',
  },
];

/**
 * Why git could not talk to the server that the cluster follows, in a person's words.
 * @param action what failed, such as "The push to minikube failed"
 * @param stderr what git said
 */
export function gitServerError(action: string, stderr: string): PartError {
  const said = stderr.trim().split('\n').slice(-6).join('\n').slice(0, 800);
  const cause = causes.find(({ says }) => says.test(stderr));
  return new PartError(
    'git server',
    cause ? `${action}: ${cause.why}.\n${said}` : `${action}:\n${said}`,
    `${cause?.hint ?? 'Check that the cluster runs: "npm run up" starts what is missing. Then run the same command again.'} Your commits are safe here.`,
  );
}
