import { Command } from 'commander';
import { lookOptions, type ClusterFlags } from '../command-options.ts';
import type { Difference } from '../operations/diff.ts';
import { profileFrom } from '../settings.ts';

/** `diff`: what a push would change in the cluster. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .description('show what pushing a commit would change in the cluster, object by object')
    .argument('[commit]', 'the commit to look at; HEAD when left out')
    .addHelpText(
      'after',
      [
        '',
        'Renders the charts as the cluster has them and as the commit has them, with the Helm of this',
        "machine or, without one, that of the cluster's Argo CD. Files that are not committed, and",
        'images that are not shipped, are not in it.',
        '',
        'Examples:',
        '  npm run diff',
        '  npm run diff -- HEAD~3 --json',
      ].join('\n'),
    );
  for (const option of lookOptions()) command.addOption(option);
  return command.action(async (commit: string | undefined, flags: ClusterFlags) => {
    const { diff } = await import('../operations/diff.ts');
    const { describeField } = await import('../object-diff.ts');
    const result = await diff({ profile: profileFrom(flags.profile), env: flags.env, commit });
    console.log(flags.json ? JSON.stringify(result) : listing(result, describeField));
  });
}

const signs = { added: '+', removed: '-', changed: '~' } as const;

function listing(
  { environment, from, to, objects, restarts }: Difference,
  describe: (field: Difference['objects'][number]['fields'][number]) => string,
): string {
  const lines = objects.flatMap(({ object, change, fields }) => [
    `${signs[change]} ${object}`,
    ...fields.map((field) => `    ${describe(field)}`),
  ]);
  return [
    `${environment}: ${from.commit.slice(0, 12)} ${from.subject} → ${to.commit.slice(0, 12)} ${to.subject}`,
    ...(lines.length > 0 ? lines : ['nothing would change']),
    ...(restarts.length > 0 ? [`restarts: ${restarts.join(', ')}`] : []),
  ].join('\n');
}
