import { Command } from 'commander';
import { lookOptions, type ClusterFlags } from '../command-options.ts';
import type { CommitFact } from '../commit-facts.ts';
import type { Trace } from '../operations/trace.ts';
import { profileFrom } from '../settings.ts';
import type { Chain } from '../trace-chain.ts';

/** `trace`: the way of a change. */
export function traceCommand(): Command {
  const command = new Command('trace')
    .description('follow a commit to its pods, or a pod or an image back to its commit')
    .argument('<what>', 'a commit, the name of a pod, or an image such as backend:4355793976')
    .addHelpText(
      'after',
      [
        '',
        'Source commit, image, commit of the values, sync, pods: from git and the cluster alone.',
        '',
        'Examples:',
        '  npm run trace HEAD',
        '  npm run trace backend-6bf9655d8c-29jlw',
        '  npm run trace backend:4355793976',
      ].join('\n'),
    );
  for (const option of lookOptions()) command.addOption(option);
  return command.action(async (of: string, flags: ClusterFlags) => {
    const { trace } = await import('../operations/trace.ts');
    const result = await trace({ profile: profileFrom(flags.profile), env: flags.env, of });
    console.log(flags.json ? JSON.stringify(result) : story(result));
  });
}

/** A trace as a person reads it. */
export function story({ environment, of, commit, sync, chains }: Trace): string {
  const first = commit ? [`commit   ${fact(commit)}`] : [];
  if (chains.length > 0) return [...first, ...chains.map(chainText)].join('\n\n');
  if (of.is === 'pod') return `${of.name} runs no image of this repository`;
  const rest = sync
    ? [`sync     ${syncText(sync)}`, 'no image was shipped with it or after it']
    : [`not shipped to ${environment} yet: "npm run ship"`];
  return [...first, ...rest].join('\n');
}

const fact = ({ commit, subject, time }: CommitFact) =>
  `${commit.slice(0, 12)} ${subject} (${time})`;

const syncText = ({ id, commit, at }: Chain['syncs'][number]) =>
  `${commit.slice(0, 12)} (${at}, history id ${id})`;

function chainText({ app, tag, source, values, syncs, pods }: Chain): string {
  const rows: [string, string[]][] = [
    ['source', [source ? fact(source) : 'no message tells']],
    ['image', [`${app}:${tag}`]],
    ['values', values.map(fact)],
    ['sync', syncs.map(syncText)],
    ['pods', pods],
  ];
  return rows
    .flatMap(([label, texts]) =>
      (texts.length > 0 ? texts : ['none']).map(
        (text, at) => `${(at === 0 ? label : '').padEnd(9)}${text}`,
      ),
    )
    .join('\n');
}
