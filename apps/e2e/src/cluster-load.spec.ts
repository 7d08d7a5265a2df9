import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { baseUrl, describeOnCluster, profile } from './cluster/on-cluster.ts';
import { returnTo } from './cluster/return-to.ts';
import { makeScratchClone, type ScratchClone } from './cluster/scratch-clone.ts';
import { keepConnections } from './load/kept-connections.ts';
import { describeFailures, startLoad } from './load/open-loop.ts';
import { visitor } from './load/visitor.ts';

const ships = Number(process.env['E2E_LOAD_SHIPS'] ?? 10);

const RATE = 50;
const SHIP_MS = 180_000;

/** A source of each service, in the order in which they are shipped. */
const sources = {
  backend: 'apps/backend/src/app.ts',
  frontend: 'apps/frontend/src/server/server-app.ts',
  agent: 'apps/agent/src/app.ts',
  mcp: 'apps/mcp/src/app.ts',
};

const unless = ships === 0 && 'E2E_LOAD_SHIPS is 0';

describeOnCluster('ships under load', { unless }, () => {
  const connections = keepConnections();
  let clone: ScratchClone;
  let start: string;

  beforeAll(async () => {
    clone = await makeScratchClone();
    start = await clone.git('rev-parse', 'HEAD');
  }, 300_000);
  afterAll(async () => {
    connections.close();
    await returnTo(clone, profile, start);
  }, 240_000);

  const shipOne = async (service: keyof typeof sources) => {
    await clone.append(sources[service], `\n// ${randomUUID()}\n`);
    await clone.git('commit', '--quiet', '--all', '--message', `Touch ${service}`);
    return (await clone.script('ship', '--profile', profile)) as { restarted: string[] };
  };

  it(
    `answers every one of ${RATE} requests a second while ${ships} versions are shipped`,
    async () => {
      const load = startLoad(RATE, await visitor(baseUrl, connections));
      const shipped: string[][] = [];
      try {
        const names = Object.keys(sources) as (keyof typeof sources)[];
        for (let round = 0; round < ships; round += 1) {
          const service = names[round % names.length] ?? 'backend';
          shipped.push((await shipOne(service)).restarted);
          expect(shipped.at(-1)).toEqual([service]);
        }
      } finally {
        const report = await load.stop();
        const { sent, failures, durationMs, latencyMs } = report;
        const told = {
          ships: shipped.length,
          sent,
          failed: failures.length,
          durationMs,
          latencyMs,
        };
        console.log(`load: ${JSON.stringify(told)}`);
        expect(describeFailures(failures)).toBe('');
        // The load was as heavy as it says.
        expect(sent).toBeGreaterThan((durationMs / 1000) * RATE * 0.95);
      }
      expect(shipped).toHaveLength(ships);
    },
    ships * SHIP_MS,
  );
});
