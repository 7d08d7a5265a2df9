import {
  IsomorphicFetchHttpLibrary,
  wrapHttpLibrary,
  type HttpLibrary,
} from '@kubernetes/client-node';
import { UserError } from '../user-error.ts';
import { diskUse, FULL, fullDisk, nodeState, type NodeState } from './node.ts';
import { reasonOf } from './silence.ts';

/** Milliseconds for one answer of the API server: a cluster that is paused would never give one. */
const ANSWER_MS = 20_000;

/** Sends requests to a cluster's API server; what it cannot answer is explained. */
export function patientHttp(context: string): HttpLibrary {
  const library = new IsomorphicFetchHttpLibrary();
  return wrapHttpLibrary({
    async send(request) {
      request.setSignal(AbortSignal.timeout(ANSWER_MS));
      const response = await library
        .send(request)
        .toPromise()
        .catch(async (error: unknown) => {
          throw await unreachable(context, reasonOf(error), error);
        });
      if (response.httpStatusCode === 401) throw await unreachable(context, '401 Unauthorized');
      return response;
    },
  });
}

const REFUSED_CREDENTIALS = /401|Unauthorized|must be logged in|Forbidden/;
const CERTIFICATE = /certificate|x509|CERT_|self.signed/i;

/** Whether words of kubectl, or of git's credential helper, are about reaching the API server. */
export function isUnreachable(text: string): boolean {
  return /The connection to the server .* was refused|Unable to connect to the server|must be logged in to the server|x509: |net\/http: (TLS handshake|request canceled)|context deadline exceeded|Error from server \(Timeout\)|EOF$/m.test(
    text,
  );
}

/**
 * The error of an API server that cannot be used, with the cause as far as this machine can tell.
 * @param context kubeconfig context, which is the profile's name
 * @param reason what went wrong, in the words of the client
 */
export async function unreachable(
  context: string,
  reason: string,
  cause?: unknown,
): Promise<UserError> {
  const node = await nodeState(context);
  const use = node === 'running' ? await diskUse(context) : undefined;
  return unreachableError({ context, reason, node, use }, cause);
}

interface Evidence {
  context: string;
  reason: string;
  node: NodeState;
  /** Percent of the node's disk in use. */
  use?: number | undefined;
}

/** Chooses the words for {@link unreachable}. */
export function unreachableError(
  { context, reason, node, use }: Evidence,
  cause?: unknown,
): UserError {
  const error = (why: string, hint: string) =>
    new UserError(`The cluster "${context}" ${why}`, hint, { cause });
  // Whoever refuses is there.
  if (CERTIFICATE.test(reason)) {
    return error(
      `and your kubeconfig do not trust each other: ${reason}.`,
      `Run "npm run up", which renews certificates and the kubeconfig, and the same command again.`,
    );
  }
  if (REFUSED_CREDENTIALS.test(reason)) {
    return error(
      `refuses the credentials in your kubeconfig (${reason}): they have expired or are another cluster's.`,
      `Run "npm run up", which renews certificates and the kubeconfig, and the same command again.`,
    );
  }
  if (node === 'stopped' || node === 'missing') {
    return error(
      `is ${node} (${reason}).`,
      'Run "npm run up" to start it, and the same command again; it goes on where it stopped.',
    );
  }
  if (node === 'paused') {
    return error(
      `is paused: its node is frozen and answers nobody (${reason}).`,
      `Run "docker unpause ${context}", and the same command again; it goes on where it stopped.`,
    );
  }
  if (use !== undefined && use >= FULL) {
    return error(
      `does not answer, and its node's disk is full (${reason}).`,
      fullDisk(context).remedy,
    );
  }
  return error(
    `does not answer: ${reason}. Its node runs, so Kubernetes in it is starting or has stopped.`,
    `Run "npm run up", which starts what is missing, and the same command again; it goes on where it stopped.`,
  );
}
