import { expect, it } from 'vitest';
import { gitServerError } from './git-server-error.ts';

it.each([
  [
    "fatal: unable to access 'http://localhost:34567/todo/todo-chatbot.git/': Recv failure: Connection reset by peer",
    /does not answer\.\nfatal: unable[^]*npm run up/,
  ],
  [
    "fatal: unable to access 'http://localhost:34567/': Operation too slow. Less than 1 bytes/sec transferred the last 30 seconds",
    /does not answer/,
  ],
  [
    "remote: Unauthorized\nfatal: Authentication failed for 'http://localhost:34567/todo/todo-chatbot.git/'",
    /refuses the password[^]*npm run up/,
  ],
  [
    "error: You must be logged in to the server (Unauthorized)\nfatal: could not read Username for 'http://localhost:34567': terminal prompts disabled",
    /did not give it\.\nerror: You must be logged in/,
  ],
  [
    'remote: fatal: write error: No space left on device\nerror: remote unpack failed: index-pack abnormal exit',
    /disk is full[^]*docker system df/,
  ],
  ['something new', /^The push to minikube failed:\nsomething new\n[^]*npm run up/],
])('git says %j', (stderr, words) => {
  const { message, hint } = gitServerError('The push to minikube failed', stderr);
  expect(`${message}\n${hint}`).toMatch(words);
  expect(hint).toMatch(/commits are safe/);
});
