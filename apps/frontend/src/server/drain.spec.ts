import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Answer {
  text: string;
  connection: string | undefined;
}

function answer(url: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, async (response) => {
      const text = (await Array.fromAsync(response)).join('');
      resolve({ text, connection: response.headers.connection });
    }).on('error', reject);
  });
}

const text = async (url: string, agent: Agent) => (await answer(url, agent)).text;

it('on SIGTERM says so first, finishes running requests, and does not wait for idle clients', async () => {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../testing/drained-server.ts')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const agent = new Agent({ keepAlive: true });
  try {
    const [port] = (await once(child.stdout, 'data')) as [Buffer];
    const url = `http://127.0.0.1:${port.toString()}`;
    expect(await text(`${url}/`, agent)).toBe('false');
    const slow = text(`${url}/slow`, agent);
    // A second request on a connection of its own: once it is answered, the slow one is running.
    expect(await text(`${url}/`, agent)).toBe('false');

    child.kill('SIGTERM');
    let last: Answer;
    do last = await answer(`${url}/`, agent);
    while (last.text === 'false');
    expect(last.connection).toBe('close');
    expect(await slow).toBe('finished');
    expect(await exited).toEqual([0, null]);
  } finally {
    agent.destroy();
    child.kill('SIGKILL');
  }
});
