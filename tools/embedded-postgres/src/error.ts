/** A start that cannot work as asked: says what happened, why, and what to do. No defect of ours. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}
