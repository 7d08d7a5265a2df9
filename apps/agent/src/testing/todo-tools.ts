import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { tasksOf } from '@todo/database';
import { startTestDatabase } from '@todo/database/testing';
import { createTestIssuer } from '@todo/identity/testing';

const MCP_MAIN = join(import.meta.dirname, '../../../mcp/src/main.ts');

/** The real MCP server as a process, with a database of its own and users `ann` and `bob`. */
export async function startTodoTools() {
  const database = await startTestDatabase();
  const issuer = await createTestIssuer();
  const keys = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(issuer.jwks));
  });
  await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));
  const jwksUrl = `http://127.0.0.1:${(keys.address() as AddressInfo).port}/jwks`;
  const mcp = await startProcess({
    DATABASE_URL: database.url,
    JWKS_URL: jwksUrl,
    HOST: '127.0.0.1',
    PORT: '0',
  });

  return {
    issuer,
    mcpUrl: `http://127.0.0.1:${mcp.port}/mcp`,
    tasksOf: (userId: string) => tasksOf(database.db, userId),
    async stop() {
      await mcp.stop();
      keys.close();
      await database.stop();
    },
  };
}

async function startProcess(env: Record<string, string>) {
  const child = spawn(process.execPath, [MCP_MAIN], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const { msg, port } = JSON.parse(line) as { msg: string; port?: number };
    if (msg !== 'listening') continue;
    child.stdout.resume();
    return {
      port,
      async stop() {
        child.kill('SIGTERM');
        await exit;
      },
    };
  }
  throw new Error('The MCP server ended before it listened.');
}
