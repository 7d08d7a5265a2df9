import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imagesFile, writeImageTags } from '@todo/workspace';
import { parseAllDocuments } from 'yaml';
import { run, succeeds } from './command-line.ts';
import type { Tags } from './images.ts';
import type { Manifest } from './object-diff.ts';
import { namespaceOf } from './settings.ts';
import { UserError } from './user-error.ts';

const CHART = 'charts/todo-chatbot';

/** Helm's program; `HELM` gives another path. */
const helm = () => process.env['HELM'] || 'helm';

/** Whether Helm is on this machine. */
export const hasHelm = (): Promise<boolean> => succeeds(helm(), ['version']);

/** What is rendered, besides a commit and an environment. */
export interface Rendering {
  /** Image tags in place of the commit's own. */
  tags?: Tags;
  /** kubeconfig context of a cluster whose Argo CD renders when this machine has no Helm. */
  context?: string;
}

/**
 * The objects of an environment as a commit has them: what Argo CD renders from it.
 * @param folder the checkout
 * @throws UserError with Helm's message when the commit does not render, or when there is no Helm
 */
export async function renderEnvironment(
  folder: string,
  commit: string,
  environment: string,
  { tags, context }: Rendering = {},
): Promise<Manifest[]> {
  const values = `gitops/environments/${environment}`;
  const hint = `Argo CD cannot render ${commit.slice(0, 12)} either: mend its charts or values and commit.`;
  const scratch = await mkdtemp(join(tmpdir(), 'todo-render-'));
  try {
    const tree = join(scratch, 'tree');
    const archive = join(scratch, 'tree.tar');
    await mkdir(tree);
    await run('git', ['archive', `--output=${archive}`, commit, 'charts', values], {
      cwd: folder,
      hint: `Name a commit that has charts/ and ${values}.`,
    });
    await run('tar', ['-xf', archive, '-C', tree]);
    if (tags) await replaceTags(join(tree, imagesFile(environment)), tags, environment);
    const template = [
      ...['template', 'todo-chatbot', CHART, `--namespace=${namespaceOf(environment)}`],
      ...[`--values=${values}/values.yaml`, `--values=${values}/images.yaml`],
    ];
    const text = await ((await hasHelm())
      ? renderHere(tree, template, hint)
      : renderInCluster(tree, template, hint, context));
    return parseAllDocuments(text)
      .map((document) => document.toJS() as Manifest | null)
      .filter((manifest) => manifest !== null);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function replaceTags(file: string, tags: Tags, environment: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  await writeFile(file, writeImageTags(text, tags, environment));
}

async function renderHere(tree: string, template: string[], hint: string): Promise<string> {
  await run(helm(), ['dependency', 'build', CHART], { cwd: tree, hint });
  return run(helm(), template, { cwd: tree, hint });
}

/** Unpacks the charts beside Argo CD's own Helm and runs it: the very one that will render them. */
const REMOTE = `set -e
tree=$(mktemp -d); trap 'rm -rf "$tree"' EXIT; cd "$tree"; tar -xf -
helm dependency build ${CHART} >&2; helm "$@"`;

async function renderInCluster(
  tree: string,
  template: string[],
  hint: string,
  context: string | undefined,
): Promise<string> {
  if (!context) {
    throw new UserError(
      `Helm is needed to render the charts, and "${helm()}" does not run.`,
      'Install Helm (https://helm.sh/docs/intro/install/), or set HELM to its path.',
    );
  }
  const packed = join(tree, '..', 'rendered.tar');
  await run('tar', ['-cf', packed, '-C', tree, '.']);
  const exec = ['--context', context, '-n', 'argocd', 'exec', '-i', 'deploy/argocd-repo-server'];
  const shell = ['-c', 'argocd-repo-server', '--', 'bash', '-c', REMOTE, 'helm', ...template];
  return run('kubectl', [...exec, ...shell], { stdin: { file: packed }, hint });
}
