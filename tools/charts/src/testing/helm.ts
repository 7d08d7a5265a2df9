import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { execa, execaSync } from 'execa';
import { parseAllDocuments } from 'yaml';
import { root } from '../charts.ts';
import type { Manifest } from './manifests.ts';

const HELM = process.env['HELM'] || 'helm';

const version = execaSync(HELM, ['version', '--template={{.Version}}'], { reject: false });

/** NaN when helm does not run. */
const major = Number(/^v(\d+)/.exec(version.stdout ?? '')?.[1] ?? Number.NaN);

export const hasHelm = !Number.isNaN(major);
/** Only Helm 4 renders NOTES.txt without a cluster. */
export const printsNotesOffline = major >= 4;

if (!hasHelm) {
  console.error(`Chart tests are skipped: "${HELM}" does not run. Install Helm, or set HELM.`);
}

export interface Rendering {
  /** Values files, relative to the repository. */
  values?: string[];
  /** Single values, as `--set-json`: the text of a key, and any JSON value. */
  set?: Record<string, unknown>;
  namespace?: string;
}

/** A copy of `charts` and `gitops` in which helm may leave its packages. */
export class ChartsCopy implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'todo-charts-'));
  readonly #built = new Map<string, Promise<unknown>>();

  constructor() {
    for (const part of ['charts', 'gitops']) {
      cpSync(join(root, part), join(this.folder, part), {
        recursive: true,
        // What a dependency build left in the tree: charts/<chart>/charts.
        filter: (path) =>
          !(basename(path) === 'charts' && basename(dirname(dirname(path))) === 'charts'),
      });
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * Runs helm on a chart, as Argo CD does: `helm dependency build`, then the command.
   * @throws Error with helm's own message
   */
  async helm(command: string[], chart: string, options: string[] = []): Promise<string> {
    const folder = join(this.folder, 'charts', chart);
    const build = this.#built.get(chart) ?? this.#run(['dependency', 'build', folder]);
    this.#built.set(chart, build);
    await build;
    return this.#run([...command, folder, ...options]);
  }

  async #run(args: string[]): Promise<string> {
    const { failed, stdout, stderr } = await execa(HELM, args, { reject: false });
    if (failed) throw new Error(`helm ${args[0]}: ${stderr}`);
    return stdout;
  }

  /** The objects that a chart makes. */
  async render(chart: string, options: Rendering = {}): Promise<Manifest[]> {
    const text = await this.helm(['template', 'todo-chatbot'], chart, this.options(options));
    return parseAllDocuments(text)
      .map((document) => document.toJS() as Manifest | null)
      .filter((manifest) => manifest !== null);
  }

  /** The objects of an environment, with its image tags or others. */
  environment(environment: string, set: Record<string, unknown> = {}): Promise<Manifest[]> {
    const folder = `gitops/environments/${environment}`;
    return this.render('todo-chatbot', {
      values: [`${folder}/values.yaml`, `${folder}/images.yaml`],
      namespace: `chatbot-${environment}`,
      set,
    });
  }

  /** Command line options for a rendering. */
  options({ values = [], set = {}, namespace = 'chatbot-dev' }: Rendering): string[] {
    return [
      `--namespace=${namespace}`,
      ...values.map((file) => `--values=${join(this.folder, file)}`),
      ...Object.entries(set).map(([key, value]) => `--set-json=${key}=${JSON.stringify(value)}`),
    ];
  }
}
