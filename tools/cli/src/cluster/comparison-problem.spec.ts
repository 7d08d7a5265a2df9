import { describe, expect, it } from 'vitest';
import { comparisonError, essence, faultOf } from './comparison-problem.ts';

const render =
  "Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = Manifest generation error (cached): failed to execute helm template command: failed to get command args to log: `helm template . --name-template todo-chatbot --namespace chatbot-dev --values <path to cached source>/gitops/environments/dev/values.yaml --include-crds` failed exit status 1: Error: values don't meet the specifications of the schema(s) in the following chart(s):\nmcp:\n- (root): Additional property replica is not allowed";

describe('what keeps Argo CD from making manifests', () => {
  it.each([
    [render, 'commit'],
    [
      'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 10.96.8.2:8081: connect: connection refused"',
      'Argo CD',
    ],
    [
      'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = failed to list refs: Get "http://gitea.gitea.svc.cluster.local:3000/todo/todo-chatbot.git/info/refs?service=git-upload-pack": dial tcp 10.105.1.2:3000: connect: connection refused',
      'git server',
    ],
    [
      'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = failed to list refs: authentication required: Unauthorized',
      'credentials',
    ],
    [
      'rpc error: code = Internal desc = failed to fetch: write /tmp/_argocd-repo/x: no space left on device',
      'node',
    ],
    ['Something that nobody has seen before', 'commit'],
  ])('%s', (message, fault) => {
    expect(faultOf(message)).toBe(fault);
  });

  it('is told without what Argo CD ran to find out', () => {
    expect(essence(render)).toBe(
      "failed to get command args to log: Error: values don't meet the specifications of the schema(s) in the following chart(s):\nmcp:\n- (root): Additional property replica is not allowed",
    );
  });

  it('blames a commit only for what is in it', () => {
    expect(comparisonError(render, '0123456789abcdef').hint).toMatch(/Mend the chart/);
    const refused = comparisonError('failed to list refs: authentication required', '0123456789ab');
    expect(refused.message).toMatch(/refuses the credentials in Secret todo-chatbot-repository/);
    expect(refused.hint).not.toMatch(/Mend/);
  });
});
