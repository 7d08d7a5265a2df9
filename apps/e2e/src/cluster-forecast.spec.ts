import { createHash, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnCluster, profile } from './cluster/on-cluster.ts';
import { podsByService } from './cluster/pods.ts';
import { makeScratchClone, type ScratchClone } from './cluster/scratch-clone.ts';
import { returnTo } from './cluster/return-to.ts';

interface Forecast {
  build: string[];
  files: string[];
  restart: string[];
}

interface Shipped {
  forecast: Forecast;
  built: string[];
  changed: string[];
  restarted: string[];
  surprises: string[];
}

const VALUES = 'gitops/environments/dev/values.yaml';
const LOCK = 'package-lock.json';

/** A change, and what it must build and restart. */
interface Change {
  what: string;
  edit: (clone: ScratchClone) => Promise<void>;
  build: string[];
  restart: string[];
}

const none = { build: [], restart: [] };
const only = (service: string) => ({ build: [service], restart: [service] });

const changes: Change[] = [
  {
    what: 'code of the MCP server',
    edit: (clone) =>
      clone.append('apps/mcp/src/app.ts', `export const mark = '${randomUUID()}';\n`),
    ...only('mcp'),
  },
  {
    what: 'a comment in the backend',
    edit: (clone) => clone.append('apps/backend/src/app.ts', `// ${randomUUID()}\n`),
    ...only('backend'),
  },
  {
    what: 'a library that the database’s users share',
    edit: (clone) => clone.append('libs/database/src/tasks.ts', `// ${randomUUID()}\n`),
    build: ['backend', 'mcp'],
    restart: ['backend', 'mcp'],
  },
  {
    what: 'a setting in the environment’s values',
    edit: (clone) => clone.append(VALUES, 'agent:\n  config:\n    LOG_LEVEL: debug\n'),
    build: [],
    restart: ['agent'],
  },
  {
    what: 'the number of replicas',
    edit: (clone) => clone.append(VALUES, 'mcp:\n  replicas: 2\n'),
    ...none,
  },
  {
    what: 'a chart’s pods',
    edit: (clone) => clone.edit('charts/mcp/values.yaml', 'drainSeconds: 10', 'drainSeconds: 11'),
    build: [],
    restart: ['mcp'],
  },
  {
    what: 'a chart’s comment',
    edit: (clone) => clone.append('charts/backend/values.yaml', `# ${randomUUID()}\n`),
    ...none,
  },
  {
    what: 'a page of documentation',
    edit: (clone) => clone.append('README.md', `\n${randomUUID()}\n`),
    ...none,
  },
  {
    what: 'a package that only the MCP server depends on, in the lock file',
    edit: (clone) => relock(clone, '@modelcontextprotocol/server'),
    ...only('mcp'),
  },
  {
    what: 'a package that nothing runs with, in the lock file',
    edit: (clone) => relock(clone, 'prettier'),
    ...none,
  },
  {
    what: 'a test',
    edit: (clone) => clone.append('apps/agent/src/app.spec.ts', `// ${randomUUID()}\n`),
    ...none,
  },
];

/** Gives a locked package another version and checksum; what is installed stays as it is. */
async function relock(clone: ScratchClone, name: string): Promise<void> {
  const file = join(clone.folder, LOCK);
  const lock = JSON.parse(await readFile(file, 'utf8')) as {
    packages: Record<string, { version: string; integrity: string }>;
  };
  const entry = lock.packages[`node_modules/${name}`];
  if (!entry) throw new Error(`${LOCK} has no ${name}.`);
  entry.version = entry.version.replace(/\d+$/, (patch) => `${Number(patch) + 1}`);
  entry.integrity = `sha512-${createHash('sha512').update(entry.version).digest('base64')}`;
  await writeFile(file, `${JSON.stringify(lock, null, 2)}\n`);
}

describeOnCluster('a ship does what was forecast', () => {
  let clone: ScratchClone;
  let start: string;
  const ship = async (...flags: string[]) =>
    (await clone.script('ship', '--profile', profile, ...flags)) as Shipped;

  beforeAll(async () => {
    clone = await makeScratchClone();
    start = await clone.git('rev-parse', 'HEAD');
    await ship();
  }, 600_000);
  afterAll(() => returnTo(clone, profile, start), 600_000);

  it('refuses what no commit has, and changes nothing', async () => {
    await clone.append('apps/mcp/src/app.ts', '// not committed\n');
    await expect(ship()).rejects.toThrow(/apps\/mcp\/src\/app\.ts.*\n.*--allow-dirty/);
    expect(await clone.git('rev-parse', 'HEAD')).toBe(start);
    await clone.git('checkout', '--quiet', '--', '.');
  }, 60_000);

  it.each(changes)(
    'after a change of $what',
    async ({ edit, build, restart }) => {
      await edit(clone);
      await clone.git('commit', '--quiet', '--all', '--message', 'Change something');
      const source = await clone.git('rev-parse', 'HEAD');
      const before = await podsByService(profile);

      const { forecast } = await ship('--dry-run');
      expect(forecast).toMatchObject({ build, restart });
      expect(await clone.git('status', '--porcelain')).toBe('');
      expect(await clone.git('rev-parse', 'HEAD')).toBe(source);

      const shipped = await ship();
      expect(shipped).toMatchObject({ forecast, built: build, surprises: [] });
      expect(shipped.restarted.toSorted()).toEqual(restart);
      // Facts that the command has no part in.
      const changed = await clone.git('diff', '--name-only', source, 'HEAD');
      expect(changed.split('\n').filter(Boolean)).toEqual(forecast.files);
      expect(replaced(before, await podsByService(profile))).toEqual(restart);
    },
    180_000,
  );

  it('lets one of two ships at once do the work, and tells the other', async () => {
    const [one, other] = await Promise.allSettled([ship(), ship()]);
    const failed = [one, other].filter(({ status }) => status === 'rejected');
    expect(failed).toMatchObject([
      { reason: { message: expect.stringContaining('Another command works on the cluster') } },
    ]);
  }, 180_000);

  it('takes uncommitted sources when told to, and the commit says so', async () => {
    await clone.append('apps/mcp/src/app.ts', '// not committed\n');
    expect(await ship('--allow-dirty')).toMatchObject({ built: ['mcp'], surprises: [] });
    expect(await clone.git('log', '-1', '--format=%B')).toMatch(
      /^Uncommitted: apps\/mcp\/src\/app\.ts$/m,
    );
    await clone.git('checkout', '--quiet', '--', '.');
  }, 180_000);

  it('brings back what ran before when the new pods fail and it may', async () => {
    await ship();
    const tags = await clone.git('show', 'HEAD:gitops/environments/dev/images.yaml');
    await clone.edit(
      'apps/mcp/src/main.ts',
      'await runMain(',
      "throw new Error('broken on purpose');\nawait runMain(",
    );
    await clone.git('commit', '--quiet', '--all', '--message', 'Break the MCP server');
    await expect(ship('--rollback-on-failure', '--timeout', '90')).rejects.toThrow(
      /broken on purpose[^]*Rolled back by/,
    );
    expect(await clone.git('show', 'HEAD:gitops/environments/dev/images.yaml')).toBe(tags);
    expect(await clone.git('log', '-1', '--format=%s')).toBe('Roll back mcp in dev');
    await clone.git('revert', '--no-edit', 'HEAD~2');
    expect(await ship()).toMatchObject({ built: [], restarted: [] });
  }, 400_000);
});

/** Services none of whose pods is left. */
function replaced(before: Record<string, string[]>, after: Record<string, string[]>): string[] {
  return Object.keys(before)
    .filter((service) => !before[service]?.some((pod) => after[service]?.includes(pod)))
    .sort();
}
