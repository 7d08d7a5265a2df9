/** A manifest, or a part of one. */
export type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The JSON merge patch that takes back what we set in an object: each field that we set becomes what
 * upstream has, or goes when upstream has none.
 * @param ours the fields that our manifest sets
 * @param upstream the same object as upstream makes it
 */
export function backToUpstream(ours: Fields, upstream: Fields): Fields {
  return Object.fromEntries(
    Object.entries(ours).map(([key, value]) => {
      const original = upstream[key];
      if (!isFields(value)) return [key, original ?? null];
      return [key, backToUpstream(value, isFields(original) ? original : {})];
    }),
  );
}

/** What of a manifest are settings: not its name, nor who applies it. */
export function settingsOf(manifest: Fields): Fields {
  return Object.fromEntries(
    Object.entries(manifest).filter(([key]) => !['apiVersion', 'kind', 'metadata'].includes(key)),
  );
}
