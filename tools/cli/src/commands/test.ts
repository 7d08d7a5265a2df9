import { Command } from 'commander';

/** `test`: everything that needs no Docker and no cluster. */
export function testCommand(): Command {
  return new Command('test')
    .description(
      'check formatting, generated files, lint, types and tests; needs no Docker and no cluster',
    )
    .argument('[projects...]', 'only these projects, such as backend charts; all when left out')
    .action(async (projects: string[]) => {
      const { test } = await import('../operations/test.ts');
      if (!(await test(projects))) process.exitCode = 1;
    });
}
