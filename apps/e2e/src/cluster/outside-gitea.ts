import { command } from './command.ts';
import { waitUntil } from '../page/wait-until.ts';

/** A git server on this machine that a cluster reaches over the network, as one on the internet. */
export interface OutsideGitea {
  /** URL of a private, empty repository, over http and over ssh. */
  url: string;
  sshUrl: string;
  /** The address for ssh, and its port. */
  host: string;
  sshPort: string;
  newToken: () => Promise<string>;
  revokeTokens: () => Promise<void>;
  addKey: (publicKey: string) => Promise<void>;
  remove: () => Promise<void>;
}

const IMAGE = 'docker.gitea.com/gitea:1.26.0-rootless';
const PASSWORD = 'for-a-throwaway-server';
const SSH_PORT = '2222';

/** Starts one in the network of a profile's node; `remove` takes it away with all its data. */
export async function startOutsideGitea(profile: string): Promise<OutsideGitea> {
  const name = `${profile}-outside-git`;
  const settings = {
    security__INSTALL_LOCK: 'true',
    database__DB_TYPE: 'sqlite3',
    server__START_SSH_SERVER: 'true',
    server__SSH_LISTEN_PORT: SSH_PORT,
    service__REQUIRE_SIGNIN_VIEW: 'true',
  };
  const env = Object.entries(settings).flatMap(([key, value]) => [
    '--env',
    `GITEA__${key}=${value}`,
  ]);
  await command('docker', ['rm', '--force', name]);
  await command('docker', ['run', '--detach', '--name', name, '--network', profile, ...env, IMAGE]);
  const template = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
  const host = await command('docker', ['inspect', '--format', template, name]);
  const api = (method: string, path: string, body?: object) =>
    fetch(`http://${host}:3000/api/v1${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`ada:${PASSWORD}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const expectOk = async (answer: Promise<Response>) => {
    const response = await answer;
    if (!response.ok)
      throw new Error(`Gitea answered ${response.status}: ${await response.text()}`);
    return response;
  };
  await answering(`http://${host}:3000/api/healthz`);
  await command('docker', [
    ...['exec', name, 'gitea', 'admin', 'user', 'create', '--username=ada'],
    ...[`--password=${PASSWORD}`, '--email=ada@example.invalid', '--must-change-password=false'],
  ]);
  await expectOk(api('POST', '/user/repos', { name: 'todo', private: true }));
  let tokens = 0;
  return {
    url: `http://${host}:3000/ada/todo.git`,
    sshUrl: `ssh://git@${host}:${SSH_PORT}/ada/todo.git`,
    host,
    sshPort: SSH_PORT,
    async newToken() {
      const body = { name: `token-${(tokens += 1)}`, scopes: ['write:repository'] };
      const response = await expectOk(api('POST', '/users/ada/tokens', body));
      return ((await response.json()) as { sha1: string }).sha1;
    },
    async revokeTokens() {
      for (; tokens > 0; tokens -= 1) {
        await expectOk(api('DELETE', `/users/ada/tokens/token-${tokens}`));
      }
    },
    async addKey(key) {
      await expectOk(api('POST', '/user/keys', { title: 'test', key }));
    },
    async remove() {
      await command('docker', ['rm', '--force', '--volumes', name]);
    },
  };
}

async function answering(url: string): Promise<void> {
  const answers = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  await waitUntil(`${url} answers`, answers, 60_000);
}
