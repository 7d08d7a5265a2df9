import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createToolbox, type Toolbox } from '../testing/toolbox.ts';
import { chooseMode } from './start.ts';

vi.setConfig({ testTimeout: 120_000 });

let toolbox: Toolbox;
afterEach(async () => {
  vi.unstubAllEnvs();
  await toolbox.clear();
});

describe('start chooses where to run, and says how to force the other', () => {
  const choice = async (programs: Record<string, string>, asked = {}) => {
    toolbox = await createToolbox(programs);
    vi.stubEnv('PATH', toolbox.path);
    return chooseMode(asked);
  };

  it('this machine without Docker', async () => {
    expect(await choice({})).toEqual({
      mode: 'local',
      why: expect.stringMatching(/Docker.*--cluster forces/),
    });
  });

  it('this machine when Docker does not answer', async () => {
    expect(await choice({ docker: 'exit 1', minikube: 'exit 0' })).toEqual({
      mode: 'local',
      why: expect.stringMatching(/Docker does not answer.*--cluster forces/),
    });
  });

  it('this machine without minikube', async () => {
    expect(await choice({ docker: 'exit 0' })).toEqual({
      mode: 'local',
      why: expect.stringMatching(/minikube is not installed.*--cluster forces/),
    });
  });

  it('the cluster when Docker and minikube are there', async () => {
    expect(await choice({ docker: 'exit 0', minikube: 'exit 0' })).toEqual({
      mode: 'cluster',
      why: expect.stringMatching(/--local/),
    });
  });

  it('this machine when asked for what only it has', async () => {
    expect(await choice({ docker: 'exit 0', minikube: 'exit 0' }, { port: 0 })).toEqual({
      mode: 'local',
      why: expect.stringMatching(/--port/),
    });
  });
});

describe('start on this machine', () => {
  beforeEach(async () => {
    // `nx test cli` has built the apps; building again would change files that other tests run.
    toolbox = await createToolbox({ npx: 'echo "built: $*"' });
  });
  const start = (args: string[] = [], env = {}) =>
    toolbox.todo(['start', '--data', toolbox.data, '--port', '0', ...args], env);
  const answers = (url: string) =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );

  it('tells what it does, ends with where it is ready, and stops on a signal', async () => {
    const run = start();
    const url = await lineOf(run.stdout, /^ready (http:\/\/localhost:\d+)$/);
    expect(await answers(url)).toBe(true);
    run.kill('SIGTERM');
    const { stdout, all } = await run;
    expect(stdout).toBe(`ready ${url}`);
    const told = [
      /^mode: local \(/,
      /Build the apps/,
      /Starting PostgreSQL/,
      /; data in /,
      /^ready /,
    ];
    const lines = all.split('\n');
    const places = told.map((text) => lines.findIndex((line) => text.test(line)));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(lines.slice(places.at(-1)).join('\n')).toMatch(/^ready \S+(\nStopping …)?$/);
    expect(await answers(url)).toBe(false);
  });

  it('prints one line of JSON and nothing else with --json', async () => {
    const run = start(['--json']);
    const line = await lineOf(run.stdout, /^(\{.*\})$/);
    run.kill('SIGINT');
    const { stdout, stderr } = await run;
    expect({ stdout, stderr }).toEqual({ stdout: line, stderr: '' });
    const url = expect.stringMatching(/^http:\/\/localhost:\d+$/);
    expect(JSON.parse(line)).toEqual({
      mode: 'local',
      ...{ frontend: url, backend: url, agent: url, mcp: url },
      data: toolbox.data,
    });
  });

  it('passes on what a service says of a wrong variable', async () => {
    const { exitCode, stdout, stderr } = await start([], { LOG_LEVEL: 'nonsense' });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/error: migrations failed\.[^]*LOG_LEVEL: .*trace/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('names a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      const { exitCode, stderr } = await start(['--port', String(port)]);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(`error: Port ${port} is taken by another program.\nGive another`);
    } finally {
      other.close();
    }
  });

  it('refuses to reset a folder with other files', async () => {
    const { exitCode, stderr } = await toolbox.todo([
      ...['start', '--reset', '--data', toolbox.path],
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/error: .* was not made by a local run.*\nCheck --data/);
  });
});

/** Waits for a line of a running program's output and returns its first group. */
async function lineOf(output: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of output.setEncoding('utf8')) {
    text += String(chunk);
    for (const line of text.split('\n').slice(0, -1)) {
      const found = pattern.exec(line)?.[1];
      if (found) return found;
    }
  }
  throw new Error(`It ended without a line like ${pattern.source}:\n${text}`);
}
