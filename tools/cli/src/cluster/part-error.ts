import { UserError } from '../user-error.ts';

/** Parts of a cluster that a change passes through on its way to pods. */
export type Part = 'node' | 'registry' | 'git server' | 'Argo CD';

/** Something failed at a part of the cluster. The cluster itself may know why: `explained` asks it. */
export class PartError extends UserError {
  readonly part: Part;

  constructor(part: Part, message: string, hint: string, options?: ErrorOptions) {
    super(message, hint, options);
    this.part = part;
  }
}
