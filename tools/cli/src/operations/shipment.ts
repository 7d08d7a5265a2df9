import type { Forecast } from '../forecast.ts';
import type { ImageBuilder } from '../image-builder.ts';
import type { Tags } from '../images.ts';
import type { Delivery } from './deploy-stages.ts';

export interface ShipOptions {
  profile: string;
  env: string;
  /** Seconds for Argo CD and the pods, each. */
  timeout: number;
  builder: ImageBuilder;
  json?: boolean;
  /** Ship sources that no commit has. */
  allowDirty?: boolean;
  /** When the new pods do not become healthy, bring the tags back that were there before. */
  rollbackOnFailure?: boolean;
}

/** What the stages of a ship hand on. */
export interface Shipment extends Delivery {
  forecast: Forecast;
  /** What git says before anything changes: the commit, and its tags. */
  start: string;
  before: Tags;
  /** Files that no commit has. */
  dirty: string[];
  built: string[];
  delivered: string[];
  changed: string[];
}
