import type { Tree } from '@nx/devkit';
import { formatted, writeWhenChanged } from './edit-yaml.ts';

/** Between these lines of a document the text is derived. */
const BEGIN = '<!-- written by npx nx sync -->';
const END = '<!-- end -->';

/** A Markdown table; cells may hold anything but line breaks. */
export function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

/** Writes a table between the two marks of a document. One without marks is left alone. */
export async function syncMarkedTable(
  tree: Tree,
  file: string,
  head: string[],
  rows: string[][],
): Promise<void> {
  const before = tree.read(file, 'utf8') ?? '';
  const begin = before.indexOf(BEGIN);
  const end = before.indexOf(END, begin);
  if (begin < 0 || end < 0) return;
  const after = `${before.slice(0, begin)}${BEGIN}\n\n${table(head, rows)}\n\n${before.slice(end)}`;
  writeWhenChanged(tree, file, await formatted(file, after));
}
