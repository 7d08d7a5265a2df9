import type { Tags } from '../images.ts';
import { IMAGE_PREFIX } from '../settings.ts';
import { UserError } from '../user-error.ts';
import type { Cluster } from './kubernetes.ts';

/** A Deployment or Job, and what it runs. */
export interface Workload {
  app: string;
  image: string;
  made: Date;
}

/** Tag of the image that each Deployment of a namespace asks for, by Deployment name. */
export async function deployedTags({ apps }: Cluster, namespace: string): Promise<Tags> {
  const { items } = await apps.listNamespacedDeployment({ namespace });
  return Object.fromEntries(
    items.map(({ metadata, spec }) => {
      const image = spec?.template.spec?.containers[0]?.image ?? '';
      return [metadata?.name ?? '', image.slice(image.lastIndexOf(':') + 1)];
    }),
  );
}

/** The Deployments and Jobs of a namespace. */
export async function workloadsOf(
  { apps, batch }: Cluster,
  namespace: string,
): Promise<Workload[]> {
  const [deployments, jobs] = await Promise.all([
    apps.listNamespacedDeployment({ namespace }),
    batch.listNamespacedJob({ namespace }),
  ]);
  return [...deployments.items, ...jobs.items].map(({ metadata, spec }) => ({
    app: metadata?.labels?.['app.kubernetes.io/name'] ?? metadata?.name ?? '',
    image: spec?.template.spec?.containers[0]?.image ?? '',
    made: new Date(metadata?.creationTimestamp ?? 0),
  }));
}

/**
 * The image tags that run. Of several Jobs of an app the newest counts; an app of which nothing runs
 * keeps its tag.
 * @param current the tags that git has: they name the apps
 * @throws UserError when an app runs an image that is not its own
 */
export function runningTags(workloads: Workload[], current: Tags): Tags {
  const oldestFirst = workloads.toSorted((a, b) => a.made.getTime() - b.made.getTime());
  const tags = { ...current };
  for (const { app, image } of oldestFirst) {
    if (!(app in current)) continue;
    const found = new RegExp(`(?:^|/)${IMAGE_PREFIX}/${app}:([\\w.-]+)$`).exec(image)?.[1];
    if (!found) {
      throw new UserError(
        `${app} runs ${image || 'no image'}, which is no image of this repository.`,
        'Git cannot describe that. Run "npm run resume" to deploy what git says.',
      );
    }
    tags[app] = found;
  }
  return tags;
}
