import { Listr, ListrLogger, ProcessOutput, type ListrTask } from 'listr2';

/** Shows what a stage is doing now. */
export type Progress = (text: string) => void;

export interface Stage<Context> {
  /** Key of the stage's time in `--json`. */
  name: string;
  title: string;
  run: (context: Context, progress: Progress) => Promise<string | undefined>;
  /** Stages that may run while this one does. */
  with?: Stage<Context>[];
}

/** How long each stage took, in milliseconds, by stage name. */
export type StageTimes = Record<string, number>;

interface Report {
  times: StageTimes;
  failure?: unknown;
}

function toTask<Context extends object>(stage: Stage<Context>, report: Report): ListrTask<Context> {
  return {
    title: stage.title,
    task: async (context, task) => {
      const began = performance.now();
      const progress = (text: string) => {
        if (task.output !== text) task.output = text;
      };
      const said = await stage.run(context, progress).catch((error: unknown) => {
        report.failure ??= error;
        // The list names the stage; whoever called tells the whole story, once.
        throw new Error('see below');
      });
      const ms = Math.round(performance.now() - began);
      report.times[stage.name] = ms;
      task.title = `${stage.title}${said ? `: ${said}` : ''} (${seconds(ms)})`;
    },
  };
}

/** Milliseconds as a person reads them: `0.8 s`, `12.3 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/**
 * Runs stages in order, those under `with` beside theirs. Progress goes to standard error: a live
 * list in a terminal, plain lines elsewhere, nothing with `quiet`.
 * @returns milliseconds by stage
 */
export async function runStages<Context extends object>(
  stages: Stage<Context>[],
  context: Context,
  { quiet = false } = {},
): Promise<StageTimes> {
  const report: Report = { times: {} };
  const tasks = stages.map((stage): ListrTask<Context> => {
    if (!stage.with) return toTask(stage, report);
    const together = [stage, ...stage.with];
    return {
      title: together.map(({ title }) => title.toLowerCase()).join(' · '),
      task: (_, task) =>
        task.newListr(
          together.map((one) => toTask(one, report)),
          { concurrent: true, exitOnError: true },
        ),
    };
  });
  await new Listr<Context>(tasks, {
    renderer: quiet
      ? 'silent'
      : process.stderr.isTTY && process.stderr.columns >= 40
        ? 'default'
        : 'simple',
    rendererOptions: { logger: toStderr(), collapseSubtasks: false },
  } as never)
    .run(context)
    .catch((error: unknown) => {
      throw report.failure ?? error;
    });
  return report.times;
}

/** Standard output belongs to results, so that `--json` and pipes stay clean. */
function toStderr() {
  return new ListrLogger({
    processOutput: new ProcessOutput(process.stderr, process.stderr),
    useIcons: process.stderr.isTTY,
  });
}
