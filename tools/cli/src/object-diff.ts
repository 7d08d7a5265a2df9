/** A Kubernetes object as parsed from YAML or JSON. */
export interface Manifest {
  apiVersion?: string;
  kind?: string;
  metadata?: { name?: string; namespace?: string } & Record<string, unknown>;
  [key: string]: unknown;
}

/** A field that differs: left out on the side that does not have it. */
export interface FieldChange {
  /** Such as `spec.template.spec.containers[backend].image`. */
  path: string;
  from?: unknown;
  to?: unknown;
}

export interface ObjectChange {
  /** Such as `Deployment/backend`. */
  object: string;
  change: 'added' | 'removed' | 'changed';
  /** Fields that differ; empty for an object that comes or goes as a whole. */
  fields: FieldChange[];
}

/** An object as a person names it: `Deployment/backend`. */
export const objectName = ({ kind, metadata }: Manifest): string =>
  `${kind ?? 'Object'}/${metadata?.name ?? '?'}`;

/** Objects that come, go or change between two sets, in order of their names. */
export function changedObjects(before: Manifest[], after: Manifest[]): ObjectChange[] {
  const from = byIdentity(before);
  const to = byIdentity(after);
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((identity): ObjectChange => {
      const old = from.get(identity);
      const now = to.get(identity);
      const object = objectName((old ?? now) as Manifest);
      if (!old) return { object, change: 'added', fields: [] };
      if (!now) return { object, change: 'removed', fields: [] };
      return { object, change: 'changed', fields: changedFields(old, now) };
    })
    .filter(({ change, fields }) => change !== 'changed' || fields.length > 0)
    .sort((a, b) => a.object.localeCompare(b.object));
}

function byIdentity(manifests: Manifest[]): Map<string, Manifest> {
  return new Map(
    manifests.map((one) => {
      const group = one.apiVersion?.includes('/') ? one.apiVersion.split('/')[0] : '';
      return [`${group} ${one.metadata?.namespace ?? ''} ${objectName(one)}`, one];
    }),
  );
}

/**
 * Fields that differ between two values. Entries of a list that have names are compared by name, so
 * that one more container does not count as a change of all that follow.
 * @param path of the values themselves, to begin the paths of their fields
 */
export function changedFields(from: unknown, to: unknown, path = ''): FieldChange[] {
  if (isRecord(from) && isRecord(to)) {
    return keysOf(from, to).flatMap((key) =>
      changedFields(from[key], to[key], path === '' ? key : `${path}.${quoted(key)}`),
    );
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    const old = entries(from);
    const now = entries(to);
    const comparable = old && now ? [old, now] : [{ ...from }, { ...to }];
    const [a = {}, b = {}] = comparable as Record<string, unknown>[];
    return keysOf(a, b).flatMap((key) => changedFields(a[key], b[key], `${path}[${key}]`));
  }
  if (Object.is(from, to)) return [];
  return [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const keysOf = (a: object, b: object) => [...new Set([...Object.keys(a), ...Object.keys(b)])];

/** Keys with dots in them, such as those of annotations, would read as a path. */
const quoted = (key: string) => (/[./]/.test(key) ? `"${key}"` : key);

/** A list as a record by name; undefined when an entry has no name, or two have the same. */
function entries(list: unknown[]): Record<string, unknown> | undefined {
  const names = list.map((entry) => (isRecord(entry) ? entry['name'] : undefined));
  if (!names.every((name) => typeof name === 'string')) return undefined;
  if (new Set(names).size < names.length) return undefined;
  return Object.fromEntries(list.map((entry, index) => [names[index] ?? '', entry]));
}

/** A field's change as a person reads it. */
export function describeField({ path, from, to }: FieldChange): string {
  return `${path}: ${shown(from)} → ${shown(to)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

const PODS = /^(Deployment|StatefulSet)\//;

/** New servers, and those whose pod template changes. */
export function restartsOf(objects: ObjectChange[], after: Manifest[]): string[] {
  const scaledToNothing = new Set(
    after
      .filter(({ spec }) => (spec as { replicas?: number } | undefined)?.replicas === 0)
      .map(({ kind, metadata }) => `${kind}/${metadata?.name}`),
  );
  return objects
    .filter(({ object, change }) => PODS.test(object) && change !== 'removed')
    .filter(({ object }) => !scaledToNothing.has(object))
    .filter(
      ({ change, fields }) =>
        change === 'added' || fields.some(({ path }) => path.startsWith('spec.template.')),
    )
    .map(({ object }) => object.slice(object.indexOf('/') + 1));
}
