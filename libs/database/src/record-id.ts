const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether `id` can be a record's id at all; PostgreSQL raises an error when asked for any other. */
export function isRecordId(id: string): boolean {
  return UUID.test(id);
}
