import { randomUUID } from 'node:crypto';

/**
 * Makes an account with one task.
 * @param baseUrl where the page is
 * @returns whether the task is still there
 * @throws Error when it cannot be made
 */
export async function keepTask(baseUrl: string): Promise<() => Promise<boolean>> {
  const origin = new URL(baseUrl).origin;
  const headers = { 'content-type': 'application/json', origin };
  const post = async (path: string, body: object, cookie = '') => {
    const response = await fetch(`${baseUrl}${path}`, {
      method: 'POST',
      headers: { ...headers, cookie },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const account = { name: 'Ada', email: `${randomUUID()}@example.com`, password: randomUUID() };
  const signedUp = await post('/api/auth/sign-up/email', account);
  const cookies = signedUp.headers.getSetCookie().map((one) => one.split(';')[0]);
  const cookie = cookies.join('; ');
  const title = `outlive ${randomUUID()}`;
  await post('/api/tasks', { title }, cookie);
  return async () => {
    const response = await fetch(`${baseUrl}/api/tasks`, { headers: { cookie } });
    return response.ok && (await response.text()).includes(title);
  };
}
