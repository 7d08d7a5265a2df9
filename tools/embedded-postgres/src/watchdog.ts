import { spawn } from 'node:child_process';
import type { Owner } from './owner.ts';

/** Waits for the end of its input, which ends with this process however it dies. */
const SCRIPT = `
read -r _
kill -INT "$1" 2>/dev/null
[ -n "$2" ] || exit 0
while kill -0 "$1" 2>/dev/null; do sleep 0.1; done
rm -rf "$2"`;

/**
 * Shuts PostgreSQL down when this process dies without having done so, even by SIGKILL.
 * @param pid the postmaster
 * @param temporaryDir a data directory to remove afterwards, or undefined to keep it
 * @returns a function that calls the watchdog off
 */
export function watchOver(pid: number, temporaryDir: string | undefined, owner: Owner): () => void {
  if (process.platform === 'win32') return () => undefined;
  const watchdog = spawn('/bin/sh', ['-c', SCRIPT, 'sh', String(pid), temporaryDir ?? ''], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    ...owner,
  });
  watchdog.on('error', () => undefined);
  watchdog.stdin.on('error', () => undefined);
  watchdog.unref();
  return () => watchdog.kill('SIGKILL');
}
