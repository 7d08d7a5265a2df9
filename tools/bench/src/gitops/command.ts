import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { profileFrom, profileOption, UserError } from '@todo/cli';
import { scenarios } from './scenarios/index.ts';
import type { Scenario } from './bench.ts';

interface Flags {
  profile?: string;
  runs: number;
  only?: Scenario[];
  json?: boolean;
  output?: string;
  writeDocs?: boolean;
}

/** `bench gitops`: how long a change travels, and what other ways take. */
export function gitopsCommand(): Command {
  return new Command('gitops')
    .description('how long a change takes from the editor to ready pods, and what other ways take')
    .addOption(profileOption())
    .addOption(
      new Option('--runs <number>', 'measurements of each main scenario, after a warm-up')
        .argParser(runsFrom)
        .default(5),
    )
    .addOption(new Option('--only <names>', 'only these, with commas between').argParser(onlyFrom))
    .option('--json', 'print one JSON object on standard output, nothing else')
    .option('--output <file>', 'write the JSON to a file as well')
    .option('--write-docs', 'write the tables into docs/performance.md')
    .addHelpText(
      'after',
      [
        '',
        'Needs a running cluster ("npm run up"); the comparisons also need Helm. Works in a clone of',
        'the checked-out commit and puts the cluster back as it was, also after Ctrl-C; a bench that',
        'was killed is put back by the next one. Nobody else should use the machine meanwhile.',
        '',
        'What is measured (--only):',
        ...scenarios.map(({ name, title }) => `  ${name.padEnd(18)} ${title}`),
        '',
        'Examples:',
        '  npm run bench -- gitops --write-docs',
        '  npm run bench -- gitops --only one-line,no-op --runs 3 --json',
      ].join('\n'),
    )
    .action(async (flags: Flags) => {
      const { benchGitops } = await import('./run.ts');
      const { tables, writeDocs } = await import('./tables.ts');
      const began = performance.now();
      const say = (text: string) => {
        console.error(`[${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s] ${text}`);
      };
      const report = await benchGitops({
        profile: profileFrom(flags.profile),
        runs: flags.runs,
        scenarios: flags.only ?? scenarios,
        signal: interruption(say),
        say,
      });
      if (flags.output) await writeFile(flags.output, `${JSON.stringify(report, undefined, 2)}\n`);
      if (flags.writeDocs) say(`wrote ${await writeDocs(report)}`);
      console.log(flags.json ? JSON.stringify(report) : tables(report));
    });
}

/** Ctrl-C ends the measurement; what it changed is put back first. A second one ends all at once. */
function interruption(say: (text: string) => void): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      say('interrupted: putting the cluster back (again: stop at once)');
      controller.abort(
        new UserError('The bench was interrupted.', 'The cluster is as it was before.'),
      );
    });
  }
  return controller.signal;
}

function runsFrom(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new UserError(`"${text}" is not a number of runs.`, 'Give a whole number, such as 5.');
}

function onlyFrom(text: string): Scenario[] {
  return text.split(',').map((name) => {
    const found = scenarios.find((scenario) => scenario.name === name.trim());
    if (found) return found;
    throw new UserError(
      `There is nothing called "${name}" to measure.`,
      `There are: ${scenarios.map((one) => one.name).join(', ')}.`,
    );
  });
}
