import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { programOf, readServices } from './services.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'todo-services-'));
});
afterEach(() => rm(root, { recursive: true }));

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

/** An app as somebody may add it: declared, with a config schema of these variables. */
async function app(name: string, service: object, variables: string[]): Promise<void> {
  await write(
    `apps/${name}/package.json`,
    JSON.stringify({ name: `@todo/${name}`, nx: { name, metadata: { service } } }),
  );
  const shape = variables.map((variable) => `${variable}: z.string().optional()`).join(', ');
  await write(
    `apps/${name}/src/config.ts`,
    `import { z } from 'zod';\nexport const configSchema = z.object({ ${shape} });\n`,
  );
  await write(`apps/${name}/src/main.ts`, '');
}

it('runs what is declared, and tells each service what its config schema asks for', async () => {
  await app('backend', { kind: 'http', port: 8000, tokenKeys: '/keys' }, ['PORT', 'AUTH_SECRET']);
  await app('weather-mcp', { kind: 'mcp', port: 8003 }, ['PORT']);
  await app(
    'reminders',
    {
      kind: 'worker',
      port: 8004,
      database: true,
      verifiesTokens: true,
      calls: ['backend', 'weather-mcp'],
    },
    [
      ...['PORT', 'HOST', 'DATABASE_URL', 'JWKS_URL', 'BACKEND_URL', 'WEATHER_MCP_URL'],
      ...['REMINDER_TEXT', 'OTHER_TEXT'],
    ],
  );
  await app('migrations', { kind: 'job', database: true }, ['DATABASE_URL_DIRECT']);

  const { declarations, services } = await readServices(root);
  expect(services.map(({ name, port }) => [name, port])).toEqual([
    ['backend', 8000],
    ['reminders', 8004],
    ['weather-mcp', 8003],
  ]);
  const wiring = {
    declarations,
    ports: { backend: 1, reminders: 2, 'weather-mcp': 3 },
    databaseUrl: 'postgresql://here',
    authSecret: 'signs',
    environment: {
      REMINDER_TEXT: 'hello',
      BACKEND_URL: 'http://elsewhere',
      PATH: '/bin',
      KEY: 'x',
    },
  };
  const [backend, reminders] = services.map((service) => programOf(service, wiring));
  expect(reminders).toEqual({
    name: 'reminders',
    entry: 'apps/reminders/dist/main.js',
    env: {
      NODE_ENV: 'production',
      PATH: '/bin',
      PORT: '2',
      HOST: '127.0.0.1',
      DATABASE_URL: 'postgresql://here',
      JWKS_URL: 'http://localhost:1/keys',
      BACKEND_URL: 'http://localhost:1',
      WEATHER_MCP_URL: 'http://localhost:3/mcp',
      REMINDER_TEXT: 'hello',
    },
  });
  expect(backend?.env).toEqual({
    NODE_ENV: 'production',
    PATH: '/bin',
    PORT: '1',
    AUTH_SECRET: 'signs',
  });
});
