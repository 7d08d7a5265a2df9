import { logger, type Tree } from '@nx/devkit';
import { addEnvironmentValues } from '../../environment-values.ts';
import { lockWorkspace } from '../../lock-file.ts';
import { OptionError } from '../../option-error.ts';
import { addProjectReference } from '../../project-references.ts';
import { declarationFile, isRunning, readDeclarations } from '../../services/declaration.ts';
import { syncServices } from '../../services/sync-services.ts';
import { writeServiceFiles } from './app-files.ts';
import type { ServiceGeneratorSchema } from './schema.d.ts';
import { checkServiceName } from './service-name.ts';
import { checkFits, differences, requestFrom } from './service-request.ts';

/**
 * Makes a service: its app, its chart, its declaration, and everything that follows from that.
 * A second run with the same options changes nothing.
 * @throws OptionError before anything is written
 */
export default async function serviceGenerator(
  tree: Tree,
  options: ServiceGeneratorSchema,
): Promise<void> {
  const declarations = readDeclarations(tree);
  const request = requestFrom(options, declarations);
  const { name, declaration } = request;
  const existing = declarations.get(name);
  if (existing) {
    const differing = differences(request, existing);
    if (differing.length > 0) {
      throw new OptionError(
        `There is a service "${name}" already, and it is another: ${differing.join('; ')}. To change it, edit nx.metadata.service in ${declarationFile(name)} and run "npx nx sync".`,
      );
    }
    logger.info(`The service "${name}" is there already, as asked for.`);
    return;
  }
  checkServiceName(tree, name);
  checkFits(request, declarations);
  if (!isRunning(declaration)) throw new Error('The generator makes no jobs.');

  const all = new Map([...declarations, [name, declaration]]);
  const manifest = await writeServiceFiles(tree, name, declaration, all);
  lockWorkspace(tree, `apps/${name}`, manifest);
  addProjectReference(tree, `apps/${name}`);
  addEnvironmentValues(tree, name, declaration);
  await syncServices(tree);
}
