import { repository } from '../repository.ts';
import { describeChanges, tagChanges, type TagChanges } from '../restore.ts';
import { root } from '../settings.ts';
import { runStages, type StageTimes } from '../stages.ts';
import { appsInWords, commitTags, tagsMessage } from '../tags-commit.ts';
import { UserError } from '../user-error.ts';
import { arrivalStages, pushStage, type Delivery } from './deploy-stages.ts';
import type { Shipment, ShipOptions } from './shipment.ts';

/**
 * Waits for a ship; when its pods do not become healthy, brings back the tags that git had before,
 * by a commit of their own, and waits for those.
 * @throws UserError with the ship's own cause, and what became of the way back
 */
export async function undoing(
  shipping: Promise<StageTimes>,
  it: Shipment,
  options: ShipOptions & { quiet: boolean },
): Promise<StageTimes> {
  try {
    return await shipping;
  } catch (error) {
    if (!(error instanceof UserError) || !it.commit || !(await repository.isPushed())) throw error;
    const changes = tagChanges(it.before, it.tags);
    if (Object.keys(changes).length === 0) {
      throw new UserError(
        error.message,
        `${error.hint}\nNothing was rolled back: the images did not change, so the cause is in the charts or values of ${it.commit.slice(0, 12)}. Revert that commit.`,
        { cause: error },
      );
    }
    const back = await bringBack(it, changes, options).catch((second: Error) => {
      throw new UserError(
        `${error.message}\nThe way back failed too: ${second.message}`,
        'Run "npm run rollback" once the cause is gone.',
        { cause: second },
      );
    });
    throw new UserError(
      `${error.message}\nRolled back by ${back.slice(0, 12)}: ${describeChanges(tagChanges(it.tags, it.before)).join('; ')}.`,
      'What ran before runs again. Mend the cause above and ship again.',
      { cause: error },
    );
  }
}

/** @returns the commit that has the tags from before, deployed and healthy */
async function bringBack(
  it: Shipment,
  changes: TagChanges,
  { env, timeout, quiet }: ShipOptions & { quiet: boolean },
): Promise<string> {
  const { cluster, registry, before, start } = it;
  const apps = Object.keys(changes);
  const message = tagsMessage(
    `Roll back ${appsInWords(apps)} in ${env}`,
    Object.fromEntries(apps.map((app) => [app, before[app] ?? ''])),
    { Restores: start.slice(0, 12) },
  );
  const commit = await commitTags(root, env, before, message);
  const delivery: Delivery = { cluster, registry, tags: before, commit, restarted: [] };
  const stages = [pushStage(env), ...arrivalStages(env, timeout)];
  await runStages(
    stages.map((stage) => ({ ...stage, title: `Roll back: ${stage.title.toLowerCase()}` })),
    delivery,
    { quiet },
  );
  return commit;
}
