import type { ChatEvent } from '@todo/contracts';
import { createDatabase, type Database } from '@todo/database';
import { migrate } from '@todo/database/migrate';
import { createTestDatabase, startPostgres } from '@todo/embedded-postgres';
import { createLogger, createMetrics } from '@todo/service';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { createApp, type AppDeps } from '../app.ts';
import { createAnswers, type Answers } from '../chat/answers.ts';

export const ISSUER = 'test-backend';
export const ORIGIN = 'http://todo.test';

/** A browser that keeps its cookies, or a program when it names no origin. */
export interface Client {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Sends JSON. */
  send(method: string, path: string, body: unknown): Promise<Response>;
  cookies: Map<string, string>;
}

export interface TestBackend {
  app: ReturnType<typeof createApp>;
  database: Database;
  answers: Answers;
  /** What the backend logged, one JSON line each. */
  log: string[];
  client(headers?: Record<string, string>): Client;
  /** A client that is signed up under a new address. */
  signUp(name: string): Promise<Client & { userId: string; email: string }>;
  /** Another replica on the same database. */
  replica(): AppDeps;
  /** Stops the database alone. */
  stopDatabase(): Promise<void>;
  stop(): Promise<void>;
}

export const PASSWORD = 'correct horse battery';

/** A backend on a real, empty, migrated database; requests are injected, without a port. */
export async function startBackend(overrides: Partial<AppDeps> = {}): Promise<TestBackend> {
  const postgres = await startPostgres();
  const url = await createTestDatabase(postgres);
  await migrate(url);
  const database = createDatabase(url);
  const log: string[] = [];
  const answers = createAnswers();
  const replica = (): AppDeps => ({
    db: database.db,
    authSecret: 'a-secret-of-more-than-32-characters-for-tests',
    issuer: ISSUER,
    trustedOrigins: [],
    runAgent: async function* () {
      yield { type: 'done' };
    },
    answers,
    logger: createLogger({
      service: 'backend',
      level: 'info',
      destination: { write: (line: string) => void log.push(line) },
    }),
    metrics: createMetrics('backend'),
    ...overrides,
  });
  const app = createApp(replica());
  let people = 0;
  const client = (headers?: Record<string, string>) =>
    // Each client has an address of its own, so that no test runs into another's rate limit.
    clientOf(app, { 'x-forwarded-for': `203.0.113.${++people}`, ...headers });
  return {
    app,
    database,
    answers,
    log,
    client,
    replica,
    async signUp(name) {
      const person = client();
      const email = `${name}-${people}@example.com`;
      const response = await person.send('POST', '/api/auth/sign-up/email', {
        name,
        email,
        password: PASSWORD,
      });
      const { user } = (await response.json()) as { user: { id: string } };
      return { ...person, userId: user.id, email };
    },
    stopDatabase: () => postgres.stop(),
    async stop() {
      await answers.settled();
      await database.close();
      await postgres.stop();
    },
  };
}

/** A client of any app. */
export function clientOf(
  app: ReturnType<typeof createApp>,
  defaults: Record<string, string> = {},
): Client {
  const cookies = new Map<string, string>();
  const client: Client = {
    cookies,
    async fetch(path, init = {}) {
      const headers = new Headers({ host: new URL(ORIGIN).host, origin: ORIGIN, ...defaults });
      new Headers(init.headers).forEach((value, name) => headers.set(name, value));
      if (cookies.size > 0)
        headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      const response = await app.request(path, { ...init, headers });
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (/max-age=0/i.test(cookie)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return response;
    },
    send: (method, path, body) =>
      client.fetch(path, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
  return client;
}

/** All events of a chat answer, to its end. */
export async function chatEvents(response: Response): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  const stream = response.body
    ?.pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  if (!stream) throw new Error('The response has no body.');
  for await (const { data } of stream) events.push(JSON.parse(data));
  return events;
}
