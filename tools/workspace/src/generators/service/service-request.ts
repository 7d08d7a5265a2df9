import { z } from 'zod';
import { OptionError } from '../../option-error.ts';
import {
  checkDeclarations,
  declarationFile,
  DeclarationError,
  isRunning,
  isServed,
  type Declarations,
  type ServiceDeclaration,
} from '../../services/declaration.ts';
import type { ServiceGeneratorSchema } from './schema.d.ts';

/** The kinds that the generator makes. */
const KINDS = ['http', 'worker', 'mcp'] as const;
const FIRST_PORT = 8003;

const optionsSchema = z.object({
  name: z.string({ error: 'must be given, such as "reminders"' }).trim(),
  kind: z.enum(KINDS, { error: `must be one of ${KINDS.join(', ')}` }).default('http'),
  port: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce
      .number({ error: 'must be a number' })
      .int({ error: 'must be a whole number' })
      .min(1024, { error: 'must be at least 1024: the process has no rights to those below' })
      .max(65535, { error: 'must be at most 65535' })
      .optional(),
  ),
  replicas: z
    .number({ error: 'must be a number' })
    .int({ error: 'must be a whole number' })
    .min(1, { error: 'must be at least 1' })
    .max(20, { error: 'must be at most 20' })
    .default(1),
  database: z.boolean({ error: 'must be true or false' }).default(false),
  calls: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((calls) =>
      [
        ...new Set(
          [calls]
            .flat()
            .flatMap((name) => name.split(','))
            .map((name) => name.trim()),
        ),
      ]
        .filter(Boolean)
        .sort(),
    ),
  public: z.boolean({ error: 'must be true or false' }).default(false),
});

/** What the options ask for. */
export interface ServiceRequest {
  name: string;
  declaration: ServiceDeclaration;
  /** Whether the port was chosen here, because none was asked for. */
  portIsFree: boolean;
}

/**
 * Reads the options of the generator.
 * @throws OptionError naming the option and what it may be
 */
export function requestFrom(
  options: ServiceGeneratorSchema,
  declarations: Declarations,
): ServiceRequest {
  const result = optionsSchema.safeParse(options);
  if (!result.success) {
    const issue = result.error.issues[0];
    const option = String(issue?.path[0]);
    const value = options[option as keyof ServiceGeneratorSchema];
    const given = value === undefined ? '' : `=${String(value)}`;
    throw new OptionError(`--${option}${given} ${issue?.message}.`);
  }
  const { name, kind, port, replicas, database, calls, public: isPublic } = result.data;
  if (kind === 'worker' && isPublic) {
    throw new OptionError(
      `--public: "${name}" would be a worker, which nobody can connect to. Leave out --public, or make it --kind=http.`,
    );
  }
  return {
    name,
    portIsFree: port === undefined,
    declaration: {
      kind,
      port: port ?? nextFreePort(declarations),
      replicas,
      database,
      calls,
      verifiesTokens: kind === 'mcp',
      ...(isPublic && { public: `/${name}` }),
    },
  };
}

/**
 * Checks that a new service fits to those that exist: its callees can be called, its port is free.
 * @throws OptionError
 */
export function checkFits({ name, declaration }: ServiceRequest, declarations: Declarations): void {
  const unknown = declaration.calls.find((callee) => callee !== name && !declarations.has(callee));
  if (unknown !== undefined) {
    const known = [...declarations].filter(([, other]) => isServed(other)).map(([one]) => one);
    throw new OptionError(
      `--calls: there is no service "${unknown}"; there is: ${known.join(', ')}.`,
    );
  }
  try {
    checkDeclarations(new Map([...declarations, [name, declaration]]));
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error;
    // There is no such file yet; what is wrong is an option.
    const prefix = `${declarationFile(name)}: nx.metadata.service.`;
    throw new OptionError(error.message.replace(prefix, '--'), { cause: error });
  }
}

/**
 * How an existing service differs from what is asked for, as "port 8003, asked for 8004"; empty when
 * it is what is asked for.
 */
export function differences(
  { declaration, portIsFree }: ServiceRequest,
  is: ServiceDeclaration,
): string[] {
  const asked = new Map<string, unknown>(Object.entries(declaration));
  const found = new Map<string, unknown>(Object.entries(is));
  if (portIsFree) asked.set('port', found.get('port'));
  return [...new Set([...asked.keys(), ...found.keys()])]
    .filter((key) => show(asked.get(key)) !== show(found.get(key)))
    .map((key) => `${key} ${show(found.get(key))}, asked for ${show(asked.get(key))}`);
}

function show(value: unknown): string {
  const text = Array.isArray(value) ? value.join(',') : String(value ?? '');
  return text || 'none';
}

function nextFreePort(declarations: Declarations): number {
  const taken = new Set([...declarations.values()].filter(isRunning).map(({ port }) => port));
  let port = FIRST_PORT;
  while (taken.has(port)) port += 1;
  return port;
}
