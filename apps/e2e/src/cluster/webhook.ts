import { request } from 'node:https';
import { command } from './command.ts';

/**
 * Sends what a git server would to the Argo CD of a profile.
 * @returns the status code of the answer
 */
export async function postWebhook(
  profile: string,
  body: string,
  headers: Record<string, string>,
): Promise<number> {
  const published = await command('docker', ['port', profile, '30443']);
  const port = /:(\d+)$/m.exec(published)?.[1] ?? '';
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `https://localhost:${port}/api/webhook`,
      {
        method: 'POST',
        // Argo CD made its certificate itself.
        rejectUnauthorized: false,
        headers: { 'content-type': 'application/json', ...headers },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
