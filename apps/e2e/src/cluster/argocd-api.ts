import { request } from 'node:https';
import { command } from './command.ts';

interface Application {
  spec: { syncPolicy: { automated?: { enabled?: boolean } } };
  status: { history: { id: number; revision: string }[] };
}

/** Argo CD's API, as its UI uses it. */
export interface ArgocdApi {
  application: (name: string) => Promise<Application>;
  /** What the UI does for a rollback: switches auto-sync off, then goes back to a deployment. */
  rollBack: (name: string, revision: string) => Promise<void>;
}

/**
 * Signs in to the Argo CD of a profile, through the port that the profile publishes.
 * @throws Error when Argo CD refuses
 */
export async function openArgocd(profile: string): Promise<ArgocdApi> {
  const published = await command('docker', ['port', profile, '30443']);
  const port = /:(\d+)$/m.exec(published)?.[1] ?? '';
  const password = await command('kubectl', [
    ...['--context', profile, '-n', 'argocd', 'get', 'secret', 'argocd-initial-admin-secret'],
    ...['-o', 'go-template={{.data.password | base64decode}}'],
  ]);
  const session = { username: 'admin', password };
  const { token } = await call<{ token: string }>(port, '', 'POST', '/session', session);
  const application = (name: string) =>
    call<Application>(port, token, 'GET', `/applications/${name}`);
  return {
    application,
    async rollBack(name, revision) {
      const it = await application(name);
      const id = it.status.history.findLast((entry) => entry.revision === revision)?.id;
      if (id === undefined) throw new Error(`Argo CD did not deploy ${revision}.`);
      it.spec.syncPolicy.automated = { ...it.spec.syncPolicy.automated, enabled: false };
      await call(port, token, 'PUT', `/applications/${name}`, it);
      await call(port, token, 'POST', `/applications/${name}/rollback`, { id });
    },
  };
}

/** Calls the API; its certificate is the one that Argo CD made for itself. */
function call<T>(port: string, token: string, method: string, path: string, body?: object) {
  return new Promise<T>((resolve, reject) => {
    const outgoing = request(
      `https://localhost:${port}/api/v1${path}`,
      {
        method,
        rejectUnauthorized: false,
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => {
          if (response.statusCode === 200) resolve(JSON.parse(text) as T);
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 300)}`));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body && JSON.stringify(body));
  });
}
