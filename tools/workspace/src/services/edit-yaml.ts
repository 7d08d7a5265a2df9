import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { format, resolveConfig } from 'prettier';
import { parseDocument, type Document } from 'yaml';
import { repository } from './config-variables.ts';
import { DeclarationError } from './declaration.ts';

/** What was formatted last, by file: most of it is the same the next time. */
const known = new Map<string, { text: string; result: string }>();

/**
 * Formats a file's text as `npm run format` would.
 * @param file path in the workspace, which decides the language
 */
export async function formatted(file: string, text: string): Promise<string> {
  const last = known.get(file);
  if (last?.text === text) return last.result;
  const filepath = join(repository, file);
  const result = await format(text, { ...(await resolveConfig(filepath)), filepath });
  known.set(file, { text, result });
  return result;
}

/** Writes a file, unless it holds this text already. */
export function writeWhenChanged(tree: Tree, file: string, text: string): void {
  if (tree.read(file, 'utf8') !== text) tree.write(file, text);
}

/**
 * Edits a YAML file in place. Comments and layout stay; when nothing but them would change, the file
 * is left alone.
 * @param edit changes the document
 * @throws DeclarationError when the file is missing or is not YAML
 */
export async function editYaml(
  tree: Tree,
  file: string,
  edit: (document: Document) => void,
): Promise<void> {
  const text = tree.read(file, 'utf8');
  if (text === null) throw new DeclarationError(`${file} is missing.`);
  const document = parseDocument(text);
  const error = document.errors[0];
  if (error) throw new DeclarationError(`${file} is not YAML: ${error.message}`);
  const before = JSON.stringify(document.toJS());
  edit(document);
  if (JSON.stringify(document.toJS()) === before) return;
  writeWhenChanged(tree, file, await formatted(file, document.toString({ lineWidth: 0 })));
}
