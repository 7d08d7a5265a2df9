import {
  addressPath,
  addressVariable,
  declarationFile,
  DeclarationError,
  isRunning,
  tokenIssuer,
  type Declarations,
} from './declaration.ts';
import { configFile, type Variable } from './config-variables.ts';

/** Variables that hold the database's address. */
const DATABASE_VARIABLES = ['DATABASE_URL', 'DATABASE_URL_DIRECT'];
const KEYS_VARIABLE = 'JWKS_URL';

/**
 * Addresses in the cluster that an app's declaration makes, by environment variable.
 * @throws DeclarationError when the app's `configSchema` and its declaration contradict each other
 */
export function addresses(
  declarations: Declarations,
  app: string,
  variables: Variable[],
): Record<string, string> {
  const service = declarations.get(app);
  if (!service) return {};
  const found: Record<string, string> = {};
  for (const callee of service.calls) {
    const declared = declarations.get(callee);
    if (!declared || !isRunning(declared)) continue;
    found[addressVariable(callee)] = url(callee, declared.port, addressPath(declared));
  }
  const verifies = isRunning(service) && service.verifiesTokens;
  const issuer = verifies ? tokenIssuer(declarations) : undefined;
  if (issuer) found[KEYS_VARIABLE] = url(issuer.name, issuer.port, issuer.tokenKeys);
  requireAgreement(declarations, app, variables, new Set(Object.keys(found)));
  return found;
}

const url = (name: string, port: number, path: string): string =>
  `http://${name}-service:${port}${path}`;

/** What is declared must be read, and what is read must be declared. */
function requireAgreement(
  declarations: Declarations,
  app: string,
  variables: Variable[],
  declared: Set<string>,
): void {
  const known = new Set(variables.map(({ name }) => name));
  const reason = (variable: string) =>
    variable === KEYS_VARIABLE ? 'verifiesTokens' : 'one of its calls';
  for (const variable of declared) {
    if (known.has(variable)) continue;
    throw new DeclarationError(
      `${configFile(app)}: configSchema has no ${variable}, the address for ${reason(variable)} in ${declarationFile(app)}. Add the variable, or take the declaration back.`,
    );
  }
  const tellable = new Map(
    [...declarations.keys()].map((name) => [addressVariable(name), `"calls": ["${name}"]`]),
  );
  tellable.set(KEYS_VARIABLE, '"verifiesTokens": true');
  for (const [variable, declaration] of tellable) {
    if (!known.has(variable) || declared.has(variable)) continue;
    throw new DeclarationError(
      `${configFile(app)} reads ${variable}, but ${declarationFile(app)} does not declare ${declaration}: the network would refuse the connection.`,
    );
  }
  const reads = DATABASE_VARIABLES.some((variable) => known.has(variable));
  if (reads === declarations.get(app)?.database) return;
  throw new DeclarationError(
    reads
      ? `${configFile(app)} reads the database's address, but ${declarationFile(app)} does not declare "database": true.`
      : `${configFile(app)}: configSchema has no ${DATABASE_VARIABLES.join(' or ')}, though ${declarationFile(app)} declares "database": true.`,
  );
}
