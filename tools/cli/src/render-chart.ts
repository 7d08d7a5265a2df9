import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { run, succeeds } from './command-line.ts';
import type { Manifest } from './object-diff.ts';
import { namespaceOf } from './settings.ts';
import { UserError } from './user-error.ts';

const CHART = 'charts/todo-chatbot';

/** Helm's program; `HELM` gives another path. */
const helm = () => process.env['HELM'] || 'helm';

/** Whether Helm is on this machine. */
export const hasHelm = (): Promise<boolean> => succeeds(helm(), ['version']);

/**
 * @throws UserError with the way to get Helm when it is not on this machine
 */
export async function expectHelm(): Promise<void> {
  if (await hasHelm()) return;
  throw new UserError(
    `Helm is needed to render the charts, and "${helm()}" does not run.`,
    'Install Helm (https://helm.sh/docs/intro/install/), or set HELM to its path.',
  );
}

/**
 * The objects of an environment as a commit has them: what Argo CD renders from it.
 * @param folder the checkout
 * @throws UserError with Helm's message when the commit does not render
 */
export async function renderEnvironment(
  folder: string,
  commit: string,
  environment: string,
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
    await run(helm(), ['dependency', 'build', CHART], { cwd: tree, hint });
    const text = await run(
      helm(),
      [
        ...['template', 'todo-chatbot', CHART, `--namespace=${namespaceOf(environment)}`],
        ...[`--values=${values}/values.yaml`, `--values=${values}/images.yaml`],
      ],
      { cwd: tree, hint },
    );
    return parseAllDocuments(text)
      .map((document) => document.toJS() as Manifest | null)
      .filter((manifest) => manifest !== null);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
