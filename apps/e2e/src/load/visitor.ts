import { randomUUID } from 'node:crypto';
import type { Answer, KeptConnections } from './kept-connections.ts';
import type { LoadRequest } from './open-loop.ts';

/**
 * Makes an account, and what its owner's browser asks for again and again: the page, and the tasks,
 * which the frontend passes on to the backend.
 * @param baseUrl where the page is
 * @throws Error when the account cannot be made
 */
export async function visitor(
  baseUrl: string,
  connections: KeptConnections,
): Promise<LoadRequest[]> {
  const name = `Visitor ${randomUUID()}`;
  const response = await fetch(`${baseUrl}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(baseUrl).origin },
    body: JSON.stringify({
      name,
      email: `${randomUUID()}@example.com`,
      password: randomUUID(),
    }),
  });
  if (!response.ok) throw new Error(`No account: ${response.status} ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const get = (path: string, expected: (answer: Answer) => string | undefined): LoadRequest => ({
    name: `GET ${path}`,
    send: () => connections.get(new URL(path, baseUrl), { cookie }, expected),
  });
  return [
    // A page names the person, or, when the backend took too long to say who it is, asks for itself.
    get('/', (answer) => expectOk(answer) ?? expectText(answer, name, ASKS_FOR_ITSELF)),
    get('/api/tasks', (answer) => expectOk(answer) ?? expectText(answer, '[')),
  ];
}

function expectOk({ status, body }: Answer): string | undefined {
  return status === 200 ? undefined : `status ${status} (${body.slice(0, 200)})`;
}

/** The session of a page that was rendered without an answer from the backend. */
const ASKS_FOR_ITSELF = String.raw`\"status\":\"unknown\"`;

function expectText({ body }: Answer, ...texts: string[]): string | undefined {
  if (texts.some((text) => body.includes(text))) return undefined;
  return `an answer without "${texts[0]?.slice(0, 12)}": ${body.slice(0, 100)}`;
}
