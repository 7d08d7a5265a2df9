/** A reason not to start that a person can mend; printed without a stack. */
export class StartupError extends Error {
  override name = 'StartupError';
}

/**
 * Runs a program's main function. A StartupError is printed as its text, anything else is a defect
 * and keeps its stack; both end the process with exit code 1.
 */
export async function runMain(main: () => Promise<unknown>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof StartupError ? error.message : error);
    process.exit(1);
  }
}
