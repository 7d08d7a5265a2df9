import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { MCP_AUDIENCE } from '@todo/contracts';
import { startTestDatabase } from '@todo/database/testing';
import { createTokenVerifier } from '@todo/identity';
import { createTestIssuer } from '@todo/identity/testing';
import { createLogger, createMetrics, serve } from '@todo/service';
import { createApp } from '../app.ts';

/** The real server on a free port, with a database of its own and users `ann` and `bob`. */
export async function startMcpServer() {
  const database = await startTestDatabase();
  const issuer = await createTestIssuer();
  const logger = createLogger({ service: 'mcp', destination: { write: () => undefined } });
  const { app, close } = createApp({
    db: database.db,
    verify: createTokenVerifier({
      jwks: issuer.jwks,
      issuer: issuer.issuer,
      audience: MCP_AUDIENCE,
    }),
    logger,
    metrics: createMetrics('mcp'),
  });
  const server = await serve(app, { host: '127.0.0.1', port: 0, logger });
  const clients: Client[] = [];

  return {
    url: `${server.url}/mcp`,
    issuer,
    database,
    /** A connected client that sends this token. */
    async connect(token: string): Promise<Client> {
      const client = new Client({ name: 'test', version: '1.0.0' });
      const transport = new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), {
        requestInit: { headers: { authorization: `Bearer ${token}` } },
      });
      await client.connect(transport);
      clients.push(client);
      return client;
    },
    /** A connected client of this user. */
    async connectAs(userId: string): Promise<Client> {
      return this.connect(await issuer.mint({ userId, audience: MCP_AUDIENCE }));
    },
    /** Stops the database alone. */
    stopDatabase: () => database.stopServer(),
    async stop() {
      await Promise.all(clients.map((client) => client.close()));
      await server.close();
      await close();
      await database.stop();
    },
  };
}

/** Calls a tool and returns what a test looks at. */
export async function call(client: Client, name: string, args: Record<string, unknown> = {}) {
  const result = await client.callTool({ name, arguments: args });
  const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
  return { text, failed: result.isError === true, data: result.structuredContent };
}
