import { expect, it } from 'vitest';
import { parseRepoUrl, repoUrlFrom } from './repo-url.ts';
import { UserError } from './user-error.ts';

it.each([
  ['https://github.com/me/todo.git', 'http', 'github.com'],
  ['http://git.lan:3000/me/todo', 'http', '[git.lan]:3000'],
  ['ssh://git@git.lan:2222/me/todo.git', 'ssh', '[git.lan]:2222'],
  ['ssh://git.lan/me/todo.git', 'ssh', 'git.lan'],
  ['git@github.com:me/todo.git', 'ssh', 'github.com'],
])('takes %s', (url, transport, host) => {
  expect(parseRepoUrl(url)).toEqual({ url, transport, host });
});

it('takes the way back to the git server in the cluster', () => {
  expect(repoUrlFrom('in-cluster')).toBe('in-cluster');
});

it.each([
  '',
  'github.com/me/todo',
  'file:///srv/todo.git',
  'https://github.com',
  '-oProxyCommand@host:todo',
  'ssh://-oProxyCommand/todo',
])('refuses "%s" and shows what it takes', (text) => {
  expect(() => parseRepoUrl(text)).toThrow(/is not the URL of a git repository/);
});

it.each(['https://me:hunter2@github.com/me/todo.git', 'https://hunter2@github.com/me/todo.git'])(
  'refuses %s without repeating the password',
  (url) => {
    const error = thrownBy(url);
    expect(error.hint).toContain('TODO_GIT_TOKEN');
    expect(`${error.message}${error.hint}`).not.toContain('hunter2');
  },
);

it.each(['http://localhost:3000/me/todo', 'ssh://git@127.0.0.1/me/todo', 'git@localhost:me/todo'])(
  'refuses %s, which the cluster cannot reach',
  (url) => {
    expect(thrownBy(url).message).toContain('another machine for the cluster');
  },
);

function thrownBy(url: string): UserError {
  try {
    parseRepoUrl(url);
  } catch (error) {
    if (error instanceof UserError) return error;
  }
  throw new Error(`${url} was taken`);
}
