export { LocalError } from './local-error.ts';
export { resetLocal, startLocal, type LocalOptions, type LocalRun } from './start-local.ts';
