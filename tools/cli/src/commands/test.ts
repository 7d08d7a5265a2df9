import { Command } from 'commander';
import { UserError } from '../user-error.ts';

/** `test`: everything that needs no Docker and no cluster. */
export function testCommand(): Command {
  return new Command('test')
    .description(
      'check formatting, generated files, lint, types and tests; needs no Docker and no cluster',
    )
    .argument('[projects...]', 'only these projects, such as backend charts; all when left out')
    .option(
      '--affected',
      'only what changed since main, or since the commit in NX_BASE, and what depends on it; builds it too',
    )
    .action(async (projects: string[], { affected = false }: { affected?: boolean }) => {
      if (affected && projects.length > 0) {
        throw new UserError(
          '--affected chooses the projects by what changed; it goes together with no names.',
          'Give one of them.',
        );
      }
      const { test } = await import('../operations/test.ts');
      if (!(await test(projects, affected))) process.exitCode = 1;
    });
}
