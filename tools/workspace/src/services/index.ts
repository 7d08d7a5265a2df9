export { readVariables, type Variable } from './config-variables.ts';
export {
  addressPath,
  addressVariable,
  DeclarationError,
  isRunning,
  isServed,
  readDeclarations,
  tokenIssuer,
  type Declarations,
  type Files,
  type RunningDeclaration,
  type ServedDeclaration,
  type ServiceDeclaration,
} from './declaration.ts';
export { filesOnDisk } from './files-on-disk.ts';
