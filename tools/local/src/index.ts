export { resetLocal } from './data-folder.ts';
export { environmentOf } from './environment.ts';
export { LocalError } from './local-error.ts';
export { startLocal, type LocalOptions, type LocalRun } from './start-local.ts';
