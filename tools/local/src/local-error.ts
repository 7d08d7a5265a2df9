/** A local start that cannot work as asked: what happened, why, and what to do. */
export class LocalError extends Error {
  override readonly name = 'LocalError';
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}
