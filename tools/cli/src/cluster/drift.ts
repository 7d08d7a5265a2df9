import { changedFields, objectName, type FieldChange, type Manifest } from '../object-diff.ts';
import type { Resource } from './application-report.ts';
import { kubectl } from './kubernetes.ts';

/** An object that is not as git says. */
export interface Drift {
  /** Such as `Deployment/backend`. */
  object: string;
  /** How it differs as a whole. */
  is: 'different' | 'missing' | 'not in git';
  /** Fields that differ, from git to the cluster; empty when nobody could tell. */
  fields: FieldChange[];
}

/** Argo CD's name as an owner of fields. */
const ARGOCD = 'argocd-controller';

/**
 * What is different in the objects that Argo CD calls out of sync. The cluster itself says what
 * applying git's version would change (a server-side dry run, which changes nothing), so fields that
 * others own, such as the replicas of an autoscaled service, are not drift.
 * @param rendered git's objects; undefined when they could not be rendered
 */
export function driftOf(
  context: string,
  outOfSync: Resource[],
  rendered: Manifest[] | undefined,
): Promise<Drift[]> {
  return Promise.all(
    outOfSync.map(async (resource): Promise<Drift> => {
      const object = `${resource.kind}/${resource.name}`;
      if (resource.requiresPruning) return { object, is: 'not in git', fields: [] };
      const wanted = rendered?.find((one) => objectName(one) === object);
      const live = await liveObject(context, resource);
      if (!live) return { object, is: 'missing', fields: [] };
      if (!wanted) return { object, is: 'different', fields: [] };
      // What cannot be changed, such as a Job, refuses even a dry run.
      const fixed = await dryRun(context, resource, wanted).catch(() => undefined);
      return { object, is: 'different', fields: fixed ? ownFields(fixed, live) : [] };
    }),
  );
}

const inNamespace = ({ namespace }: Resource) => (namespace ? ['--namespace', namespace] : []);

async function liveObject(context: string, resource: Resource): Promise<Manifest | undefined> {
  const args = ['get', resource.kind, resource.name, ...inNamespace(resource)];
  const text = await kubectl(context, [...args, '--ignore-not-found', '--output=json']);
  return text === '' ? undefined : (JSON.parse(text) as Manifest);
}

async function dryRun(context: string, resource: Resource, wanted: Manifest): Promise<Manifest> {
  const flags = ['--server-side', '--dry-run=server', '--force-conflicts'];
  const args = ['apply', ...flags, `--field-manager=${ARGOCD}`, ...inNamespace(resource)];
  const text = await kubectl(
    context,
    [...args, '--output=json', '--filename=-'],
    JSON.stringify(wanted),
  );
  return JSON.parse(text) as Manifest;
}

/** Written by the cluster, or by Argo CD beside what git says. */
const BOOKKEEPING =
  /^(status|metadata\.(managedFields|resourceVersion|generation|uid|creationTimestamp)|metadata\.annotations\."argocd\.argoproj\.io\/tracking-id")($|[.[])/;

/** The fields by which an object differs from git's version, from git to the cluster. */
export function ownFields(git: Manifest, live: Manifest): FieldChange[] {
  const annotated = (one: Manifest): Manifest => ({
    ...one,
    metadata: { ...one.metadata, annotations: one.metadata?.['annotations'] ?? {} },
  });
  return changedFields(annotated(git), annotated(live)).filter(
    ({ path }) => !BOOKKEEPING.test(path),
  );
}

/** One line per difference, for a person. */
export function describeDrift({ object, is, fields }: Drift, field: (f: FieldChange) => string) {
  if (is !== 'different') return [`${object} is ${is}`];
  return fields.length > 0
    ? fields.map((one) => `${object} ${field(one)}`)
    : [`${object} differs from git`];
}
