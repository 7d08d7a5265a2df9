import type { Tree } from '@nx/devkit';
import { removeEnvironmentValues } from '../../environment-values.ts';
import { unlockWorkspace } from '../../lock-file.ts';
import { OptionError } from '../../option-error.ts';
import { removeProjectReference } from '../../project-references.ts';
import { isRunning, isServed, readDeclarations } from '../../services/declaration.ts';
import { syncServices } from '../../services/sync-services.ts';
import type { RemoveServiceGeneratorSchema } from './schema.d.ts';

/**
 * Removes a service and everything that names it: the exact inverse of the generator `service`.
 * @throws OptionError before anything is written: there is no such service, or others need it
 */
export default async function removeServiceGenerator(
  tree: Tree,
  { name }: RemoveServiceGeneratorSchema,
): Promise<void> {
  const declarations = readDeclarations(tree);
  const service = declarations.get(name);
  if (!service || !isRunning(service)) {
    const known = [...declarations].filter(([, other]) => isRunning(other)).map(([one]) => one);
    throw new OptionError(`There is no service "${name}". There is: ${known.join(', ')}.`);
  }
  const callers = [...declarations].filter(([, { calls }]) => calls.includes(name));
  if (callers.length > 0) {
    const names = callers.map(([caller]) => caller);
    throw new OptionError(
      `"${name}" is called by ${names.join(', ')}. Remove the call first: its code, and "${name}" in nx.metadata.service.calls of ${names.map((caller) => `apps/${caller}/package.json`).join(', ')}.`,
    );
  }
  if (isServed(service) && service.tokenKeys) {
    const verifiers = [...declarations]
      .filter(([, other]) => isRunning(other) && other.verifiesTokens)
      .map(([verifier]) => verifier);
    if (verifiers.length > 0) {
      throw new OptionError(
        `"${name}" issues the tokens that ${verifiers.join(', ')} verify. It cannot go before them.`,
      );
    }
  }
  if (isServed(service) && service.public === '/') {
    throw new OptionError(
      `"${name}" is the page that "npm run up" and "npm start" open, so it stays.`,
    );
  }
  tree.delete(`apps/${name}`);
  tree.delete(`charts/${name}`);
  removeEnvironmentValues(tree, name);
  removeProjectReference(tree, `apps/${name}`);
  unlockWorkspace(tree, `apps/${name}`);
  await syncServices(tree);
}
