import { spawn } from 'node:child_process';
import { expect } from 'vitest';
import { waitUntil } from '../page/wait-until.ts';
import { openFaults, type Faults, type Heal } from './faults.ts';
import { applicationState } from './pods.ts';
import { returnTo } from './return-to.ts';
import { makeScratchClone, type ScratchClone } from './scratch-clone.ts';

/** What a ship has done, as far as these tests look at it. */
export interface Shipped {
  commit: string;
  restarted: string[];
}

/** Something that a ship meets. */
export interface Fault {
  begin: () => Promise<Heal>;
  /** What is shipped meanwhile; values that need no new pod, unless told. */
  change?: () => Promise<void>;
  /** What the ship must say. */
  says: RegExp;
  /** What the message tells the person to do before the same command again. */
  mend?: () => Promise<unknown>;
}

/** A clone to ship from, and a cluster to break. */
export interface FaultBench {
  clone: ScratchClone;
  faults: Faults;
  todo: (name: string, ...args: string[]) => Promise<unknown>;
  /** Commits a change of values that a ship brings without building anything. */
  changeValues: () => Promise<void>;
  /**
   * Runs a command, which must fail by itself and in words for people.
   * @returns what it says
   */
  complaint: (name?: 'ship' | 'wait') => Promise<string>;
  /** Breaks something for as long as an action takes. */
  during: (fault: Promise<Heal>, action: () => Promise<void>) => Promise<void>;
  /** Breaks something while something is shipped, reads the complaint, and finishes when all is well. */
  survive: (fault: Fault) => Promise<void>;
  /** Ships, which must bring exactly what git has to the cluster. */
  finish: () => Promise<Shipped>;
  /** Begins to ship; `reached` resolves at a line of its progress, `ended` with all that it said. */
  begin: (line: RegExp) => { reached: Promise<void>; ended: Promise<string> };
  /** Takes everything back. */
  close: () => Promise<void>;
}

const VALUES = 'gitops/environments/dev/values.yaml';

/** @param profile a cluster that `up` brought up */
export async function openFaultBench(profile: string): Promise<FaultBench> {
  const clone = await makeScratchClone();
  const faults = openFaults(profile);
  const start = await clone.git('rev-parse', 'HEAD');
  let replicas = 1;
  const todo = (name: string, ...args: string[]) =>
    clone.script(name, '--profile', profile, ...args);
  const isHealthyAt = async (commit: string) => {
    const { revision, sync, health } = await applicationState(profile, 'todo-dev');
    return revision === commit && sync === 'Synced' && health === 'Healthy';
  };

  const bench: FaultBench = {
    clone,
    faults,
    todo,

    async changeValues() {
      const next = replicas === 1 ? 2 : 1;
      const values = (count: number) => `mcp:\n  replicas: ${count}\n`;
      if ((await clone.git('show', `HEAD:${VALUES}`)).includes(values(replicas).trim())) {
        await clone.edit(VALUES, values(replicas), values(next));
      } else await clone.append(VALUES, values(next));
      replicas = next;
      await clone.git('commit', '--quiet', '--all', '--message', `Run ${next} MCP servers`);
    },

    async complaint(name = 'ship') {
      const error = await todo(name, '--timeout', '120').then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      const said = error?.message.slice(error.message.indexOf('error: ')) ?? 'it succeeded';
      expect(said).toMatch(/^error: .+\n.+/);
      expect(said, 'no stack').not.toMatch(/^\s+at .*tools\/cli/m);
      return said;
    },

    async during(fault, action) {
      const heal = await fault;
      try {
        await action();
      } finally {
        await heal();
      }
    },

    async survive({ begin, change = () => bench.changeValues(), says, mend }) {
      await change();
      await bench.during(begin(), async () => {
        expect(await bench.complaint()).toMatch(says);
        await mend?.();
      });
      await bench.finish();
    },

    async finish() {
      const shipped = (await todo('ship')) as Shipped;
      expect(shipped.commit).toBe(await clone.git('rev-parse', 'HEAD'));
      await waitUntil('Argo CD calls it healthy', () => isHealthyAt(shipped.commit), 120_000);
      const running = await faults.kubectl(
        ...['-n', 'chatbot-dev', 'get', 'deployment', 'mcp', '-o', 'jsonpath={.spec.replicas}'],
      );
      expect(Number(running), 'the cluster has the values that git has').toBe(replicas);
      return shipped;
    },

    begin(line) {
      const child = spawn('npm', ['run', '--silent', 'ship', '--', '--profile', profile], {
        cwd: clone.folder,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const ended = new Promise<string>((resolve) => child.on('close', () => resolve(said)));
      const isThere = () => Promise.resolve(line.test(said));
      return { reached: waitUntil(`the ship says ${line}`, isThere, 120_000), ended };
    },

    async close() {
      await returnTo(clone, profile, start);
    },
  };
  return bench;
}
