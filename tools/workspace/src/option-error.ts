/** What a generator was asked for cannot be done. The message says what, why, and what to do. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}
