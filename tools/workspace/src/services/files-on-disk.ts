import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from './declaration.ts';

/** The files of a folder, for those who have no Nx Tree. */
export function filesOnDisk(root: string): Files {
  function read(path: string): Buffer | null;
  function read(path: string, encoding: BufferEncoding): string | null;
  function read(path: string, encoding?: BufferEncoding): Buffer | string | null {
    const file = join(root, path);
    return existsSync(file) ? readFileSync(file, { encoding: encoding ?? null }) : null;
  }
  return {
    read,
    exists: (path) => existsSync(join(root, path)),
    children: (path) => (existsSync(join(root, path)) ? readdirSync(join(root, path)) : []),
  };
}
