import { chatEvent, task, taskList, tokenResponse, type ChatEvent } from '@todo/contracts';

/** Somebody with a browser of their own: keeps the session's cookie. */
export interface Person {
  /** The `Cookie` header; survives the product's restart. */
  cookie: string;
  send(method: string, path: string, body?: unknown): Promise<Response>;
  addTask(title: string): Promise<string>;
  titles(): Promise<string[]>;
  /** Says something in the chat and returns every event of the answer. */
  say(message: string): Promise<ChatEvent[]>;
  /** A token for the MCP server. */
  token(): Promise<string>;
}

/**
 * A person in front of the page.
 * @param url the frontend's
 * @param cookie of an earlier session
 */
export function personAt(url: string, cookie = ''): Person {
  const person: Person = {
    cookie,
    async send(method, path, body) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          origin: url,
          cookie: person.cookie,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const set = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
      if (set.length > 0) person.cookie = set.join('; ');
      return response;
    },
    async addTask(title) {
      return task.parse(await json(await person.send('POST', '/api/tasks', { title }))).id;
    },
    async titles() {
      const { tasks } = taskList.parse(await json(await person.send('GET', '/api/tasks')));
      return tasks.map(({ title }) => title).toSorted();
    },
    async say(message) {
      const response = await person.send('POST', '/api/chat', { message });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return (await response.text())
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => chatEvent.parse(JSON.parse(line.slice('data:'.length))));
    },
    async token() {
      const response = await person.send('POST', '/api/tokens', { audience: 'todo-mcp' });
      return tokenResponse.parse(await json(response)).token;
    },
  };
  return person;
}

const password = 'correct horse battery';

/** Makes an account, which signs in. */
export async function signUp(url: string, name: string): Promise<Person> {
  const person = personAt(url);
  const account = { name, email: `${name}@example.com`, password };
  await json(await person.send('POST', '/api/auth/sign-up/email', account));
  return person;
}

/** Signs in, in a browser that knows nothing of the person. */
export async function signIn(url: string, name: string): Promise<Person> {
  const person = personAt(url);
  const credentials = { email: `${name}@example.com`, password };
  await json(await person.send('POST', '/api/auth/sign-in/email', credentials));
  return person;
}

async function json(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}
