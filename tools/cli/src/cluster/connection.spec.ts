import { describe, expect, it } from 'vitest';
import { isUnreachable, unreachableError } from './connection.ts';

const error = (evidence: Partial<Parameters<typeof unreachableError>[0]>) => {
  const { message, hint } = unreachableError({
    ...{ context: 'todo', reason: 'connect ECONNREFUSED 127.0.0.1:32771', node: 'running' },
    ...evidence,
  });
  return `${message}\n${hint}`;
};

describe('a cluster that does not answer', () => {
  it.each([
    ['is stopped', { node: 'stopped' }, /is stopped .*ECONNREFUSED[^]*npm run up/],
    ['is paused', { node: 'paused', reason: 'no answer in time' }, /frozen[^]*docker unpause todo/],
    ['has a full disk', { use: 100 }, /disk is full[^]*docker system df/],
    ['has other certificates', { reason: 'certificate has expired' }, /trust[^]*npm run up/],
    ['refuses', { reason: '401 Unauthorized' }, /refuses the credentials in your kubeconfig/],
    ['only just starts', { use: 40 }, /Kubernetes in it is starting or has stopped/],
  ] as const)('because it %s', (_, evidence, words) => {
    expect(error(evidence)).toMatch(words);
  });
});

describe('kubectl', () => {
  it.each([
    'The connection to the server 127.0.0.1:32771 was refused - did you specify the right host or port?',
    'error: You must be logged in to the server (Unauthorized)',
    'Unable to connect to the server: tls: failed to verify certificate: x509: certificate has expired',
    'Unable to connect to the server: net/http: TLS handshake timeout',
  ])('cannot reach the cluster: %s', (text) => {
    expect(isUnreachable(text)).toBe(true);
  });

  it('may fail for other reasons', () => {
    expect(isUnreachable('Error from server (NotFound): deployments.apps "x" not found')).toBe(
      false,
    );
  });
});
