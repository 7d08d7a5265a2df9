import { expect, it } from 'vitest';
import { createLogger } from './logger.ts';

const logged = (err: unknown) => {
  let line = '';
  const logger = createLogger({ service: 'test', destination: { write: (text) => (line = text) } });
  logger.error({ err }, 'failed');
  return line;
};

it('logs an error with its cause, code and calls', () => {
  const cause = Object.assign(new Error('connection lost'), { code: 'ECONNRESET' });
  const line = JSON.parse(logged(new TypeError('no answer', { cause })));
  expect(line.err).toMatchObject({
    type: 'TypeError',
    message: 'no answer',
    cause: { message: 'connection lost', code: 'ECONNRESET' },
  });
  expect(line.err.stack).toContain('describe-error.spec.ts');
});

it.each([
  'Failed query: select 1\nparams: hunter2,\nmore hunter2',
  'Incorrect API key provided: sk-hunter2-abc.',
  'header was Bearer hunter2',
  'token eyJhbGciOi.hunter2.abc is wrong',
  'cannot connect to postgres://todo:hunter2@db/todo',
])('keeps secrets out of the log: %s', (message) => {
  const line = logged(Object.assign(new Error(message), { request: { body: 'hunter2' } }));
  expect(line).not.toContain('hunter2');
  expect(JSON.parse(line).err.type).toBe('Error');
});

it('logs an error that carries a circle', () => {
  const error = Object.assign(new Error('too many turns'), { state: {} as object });
  error.state = { error };
  expect(JSON.parse(logged(error)).err.message).toBe('too many turns');
});

it('does not repeat what is no error', () => {
  expect(JSON.parse(logged('secret')).err).toEqual({ type: 'string', message: 'Not an Error.' });
  expect(JSON.parse(logged(undefined))).not.toHaveProperty('err');
});
