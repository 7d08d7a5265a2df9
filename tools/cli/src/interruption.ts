/** Ctrl-C: nothing needs undoing, because every command goes on from what it finds. */
export function tellInterruption(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      console.error('\ninterrupted: run the same command again; it goes on from here.');
      process.exit(130);
    });
  }
}
