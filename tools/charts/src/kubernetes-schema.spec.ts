import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ChartsCopy, hasHelm } from './testing/helm.ts';
import { manifestsIn } from './testing/manifests.ts';

/** Folder with the JSON schemas of Kubernetes' kinds: the tests need no network. */
const SCHEMAS = process.env['KUBERNETES_SCHEMAS'] ?? '';
const KUBECONFORM = process.env['KUBECONFORM'] || 'kubeconform';

const reason = ((): string | undefined => {
  if (!hasHelm) return 'helm does not run';
  if (!SCHEMAS || !existsSync(SCHEMAS)) {
    return 'KUBERNETES_SCHEMAS does not name a folder with schemas such as deployment-apps-v1.json';
  }
  return execaSync(KUBECONFORM, ['-v'], { reject: false }).failed
    ? `"${KUBECONFORM}" does not run`
    : undefined;
})();
if (reason) console.error(`Kubernetes' own schemas are not checked: ${reason}.`);

function conform(manifests: unknown[]) {
  const { stdout } = execaSync(
    KUBECONFORM,
    [
      '-strict',
      '-summary',
      '-schema-location',
      join(SCHEMAS, '{{.ResourceKind}}{{.KindSuffix}}.json'),
    ],
    {
      input: manifests
        .map((manifest) => stringify(manifest, { aliasDuplicateObjects: false }))
        .join('---\n'),
      reject: false,
    },
  );
  return stdout;
}

describe.skipIf(reason !== undefined)("Kubernetes' schemas accept", () => {
  let charts: ChartsCopy;
  beforeAll(() => void (charts = new ChartsCopy()));
  afterAll(() => charts[Symbol.dispose]());

  it.each(['dev', 'prod'])('all objects of %s', async (environment) => {
    expect(conform(await charts.environment(environment))).toMatch(/Invalid: 0, Errors: 0/);
  });

  it('all objects in gitops', () => {
    expect(conform(manifestsIn('gitops').map(({ manifest }) => manifest))).toMatch(
      /Invalid: 0, Errors: 0/,
    );
  });
});
