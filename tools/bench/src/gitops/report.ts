import type { Machine } from '../measure/machine.ts';
import type { Sample } from './bench.ts';

/** What a run of the bench found; `--json` prints it. */
export interface GitopsReport {
  bench: 'gitops';
  /** ISO time at which it began. */
  date: string;
  /** The commit that was measured. */
  commit: string;
  machine: Machine;
  /** Measurements of each main scenario. */
  runs: number;
  totalMs: number;
  scenarios: Record<string, ScenarioReport>;
}

/** Times in milliseconds, sizes in bytes; a stage's time is under `stage.<name>`. */
export interface ScenarioReport {
  title: string;
  median: Sample;
  samples: Sample[];
}
