/**
 * Something the person at the keyboard can mend. Printed without a stack, exit code 1.
 * The message says what happened and why; the hint says what to do.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}
