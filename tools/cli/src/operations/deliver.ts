import type { ImageBuilder } from '../image-builder.ts';
import { deliverImages, locallyMissing, missingImages, type Tags } from '../images.ts';
import { runStages, type Stage, type StageTimes } from '../stages.ts';
import { UserError } from '../user-error.ts';
import { connect, type Connection } from './deploy-stages.ts';
import { onCluster } from './on-cluster.ts';

export interface DeliverOptions {
  profile: string;
  json?: boolean;
  builder: ImageBuilder;
}

export interface DeliverResult {
  /** Apps whose image was pushed to the registry. */
  delivered: string[];
  /** The tag of every app's image, all of them in the registry now. */
  tags: Tags;
  stages: StageTimes;
  totalMs: number;
}

interface Delivering extends Connection {
  tags: Tags;
  delivered: string[];
}

/**
 * Brings the images of the sources as they are to the cluster's registry; what it holds is left
 * alone. Nothing is built.
 * @throws UserError when an image was not built, or the registry does not take it
 */
export async function deliver({ profile, json, builder }: DeliverOptions): Promise<DeliverResult> {
  const began = performance.now();
  const it = {} as Delivering;
  const stages: Stage<Delivering>[] = [
    {
      name: 'compare',
      title: 'Compare the sources with the registry',
      run: async () => {
        const [tags, connection] = await Promise.all([builder.tags(), connect(profile)]);
        Object.assign(it, connection, { tags });
        it.delivered = await missingImages(it.registry, tags);
        return it.delivered.length > 0 ? `lacks ${it.delivered.join(', ')}` : 'it holds all images';
      },
    },
    {
      name: 'deliver',
      title: 'Deliver images',
      run: async () => {
        const unbuilt = await locallyMissing(it.tags, it.delivered);
        if (unbuilt.length > 0) throw notBuilt(unbuilt);
        await deliverImages(it.registry, it.tags, it.delivered);
        return it.delivered.join(', ') || 'none';
      },
    },
  ];
  const times = await onCluster(profile, () => runStages(stages, it, { quiet: json ?? false }));
  const totalMs = Math.round(performance.now() - began);
  return { delivered: it.delivered, tags: it.tags, stages: times, totalMs };
}

function notBuilt(apps: string[]): UserError {
  return new UserError(
    `The images of ${apps.join(', ')} are not built.`,
    `Run "npx nx run-many -t docker-build --projects=${apps.join(',')}" first, or "npm run ship", which does all of it.`,
  );
}
