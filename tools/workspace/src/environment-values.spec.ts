import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { expect, it } from 'vitest';
import { addEnvironmentValues, removeEnvironmentValues } from './environment-values.ts';
import { serviceSchema } from './services/declaration.ts';

const dev = 'gitops/environments/dev/values.yaml';
const prod = 'gitops/environments/prod/values.yaml';
const DEV = '# What differs.\nglobal:\n  ingress: {enabled: true}\n';
const PROD = `frontend:
  resources: &resources
    requests: {cpu: 1} # much
agent:
  resources: *resources

  autoscaling: &fromTwo
    enabled: true
# The end.
`;

function tree() {
  const tree = createTreeWithEmptyWorkspace();
  tree.write(dev, DEV);
  tree.write(prod, PROD);
  return tree;
}
const http = serviceSchema.parse({ kind: 'http', port: 8003 });
const worker = serviceSchema.parse({ kind: 'worker', port: 8004 });

it('gives a service what the others have in prod, and more logs elsewhere', () => {
  const files = tree();
  addEnvironmentValues(files, 'one', http);
  addEnvironmentValues(files, 'two', worker);
  expect(files.read(dev, 'utf8')).toBe(
    `${DEV}\none:\n  config:\n    LOG_LEVEL: debug\n\ntwo:\n  config:\n    LOG_LEVEL: debug\n`,
  );
  expect(files.read(prod, 'utf8')).toBe(
    `${PROD}\none:\n  resources: *resources\n  autoscaling: *fromTwo\n\ntwo:\n  resources: *resources\n`,
  );
});

it('takes an entry out again, and leaves every other byte', () => {
  const files = tree();
  for (const name of ['one', 'two', 'three']) addEnvironmentValues(files, name, http);
  for (const name of ['two', 'three', 'one']) removeEnvironmentValues(files, name);
  expect([files.read(dev, 'utf8'), files.read(prod, 'utf8')]).toEqual([DEV, PROD]);
  // A blank line inside an entry is part of it; a comment at the margin is not.
  removeEnvironmentValues(files, 'agent');
  expect(files.read(prod, 'utf8')).toBe(
    'frontend:\n  resources: &resources\n    requests: {cpu: 1} # much\n# The end.\n',
  );
});

it('leaves an entry that is there already alone', () => {
  const files = tree();
  addEnvironmentValues(files, 'global', http);
  expect(files.read(dev, 'utf8')).toBe(DEV);
});
