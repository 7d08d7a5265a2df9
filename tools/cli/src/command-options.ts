import { Option } from 'commander';
import { environmentFrom } from './settings.ts';
import { UserError } from './user-error.ts';

/** Flags that every command on a cluster has. */
export interface ClusterFlags {
  profile?: string;
  env: string;
  timeout: number;
  json?: boolean;
}

/** The flags of {@link ClusterFlags}, for `addOption`. */
export const clusterOptions = (): Option[] => [...lookOptions(), timeoutOption()];

/** The flags of commands that only look, and so wait for nothing. */
export const lookOptions = (): Option[] => [
  profileOption(),
  new Option('--env <name>', 'environment under gitops/environments')
    .argParser(environmentFrom)
    .default('dev'),
  jsonOption(),
];

export const profileOption = (): Option =>
  new Option('-p, --profile <name>', 'minikube profile (environment: TODO_PROFILE; default: todo)');

export const timeoutOption = (): Option =>
  new Option('--timeout <seconds>', 'how long each wait may take').argParser(positive).default(300);

export const jsonOption = (): Option =>
  new Option('--json', 'print one JSON object on standard output, nothing else');

function positive(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new UserError(
    `"${text}" is not a number of seconds.`,
    'Give a number above 0, such as --timeout 300.',
  );
}

/** Reads a TCP port; 0 stands for any free one. */
export function portFrom(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
  throw new UserError(
    `"${text}" is not a port.`,
    'Give a number from 0 to 65535; 0 takes any free one.',
  );
}
