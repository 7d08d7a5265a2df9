/**
 * The median of numbers; of an even count the mean of the two in the middle.
 * @throws Error when there are none
 */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error('There is nothing to measure.');
  return (upper + lower) / 2;
}

/** Medians of records, key by key; a key counts where it is present. Rounded to whole units. */
export function medians(records: Record<string, number>[]): Record<string, number> {
  const keys = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return Object.fromEntries(
    keys.map((key) => {
      const values = records.map((record) => record[key]).filter((value) => value !== undefined);
      return [key, Math.round(median(values))];
    }),
  );
}
