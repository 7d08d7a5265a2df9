/** What was seen of a service while a change travelled to it. Times are milliseconds since 1970. */
export interface RolloutRecord {
  /** When Argo CD was first seen syncing a commit. */
  syncs: { at: number; revision: string }[];
  /** The pods that the service sends requests to, each time they changed. */
  endpoints: { at: number; ready: string[] }[];
  /** Image by pod; pods stay in here when they are gone. */
  images: Map<string, string>;
}

/** When Argo CD began to sync a commit; undefined when it was not seen to. */
export function syncStartedAt({ syncs }: RolloutRecord, commit: string): number | undefined {
  return syncs.find(({ revision }) => revision === commit)?.at;
}

export interface Arrival {
  /** Image tag of the new pods. */
  tag: string;
  /** How many of them there must be. */
  replicas: number;
  /** Not before this time. */
  after: number;
}

/**
 * When a version had arrived: the service sends requests to the wanted number of pods, and all of
 * them run the new image. Undefined when that was not seen.
 */
export function arrivedAt(
  { endpoints, images }: RolloutRecord,
  { tag, replicas, after }: Arrival,
): number | undefined {
  const isNew = (pod: string) => images.get(pod)?.endsWith(`:${tag}`) ?? false;
  return endpoints.find(
    ({ at, ready }) => at >= after && ready.length === replicas && ready.every(isNew),
  )?.at;
}
