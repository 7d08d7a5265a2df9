import { ConfigError, loadConfig, variableMeta } from '@todo/service';
import { expect, test } from 'vitest';
import { configSchema } from './config.ts';

const needed = {
  DATABASE_URL: 'postgresql://todo:x@localhost:5432/todo',
  AUTH_SECRET: 'x'.repeat(32),
};

test('two variables are needed, the rest has defaults', () => {
  expect(loadConfig(configSchema, needed)).toMatchObject({
    PORT: 8000,
    AGENT_URL: 'http://localhost:8001',
    TOKEN_ISSUER: 'todo-backend',
  });
  expect(() => loadConfig(configSchema, {})).toThrow(/DATABASE_URL[\s\S]*AUTH_SECRET/);
});

test.each([
  ['AUTH_SECRET', 'short'],
  ['DATABASE_URL', 'mysql://localhost/todo'],
  ['AGENT_URL', 'agent:8001'],
  ['TRUSTED_ORIGINS', 'todo.example.com'],
  ['TRUSTED_ORIGINS', 'https://todo.example.com/path'],
])('%s may not be %j', (name, value) => {
  expect(() => loadConfig(configSchema, { ...needed, [name]: value })).toThrow(ConfigError);
});

test('several origins may be trusted', () => {
  const TRUSTED_ORIGINS = 'https://a.example, http://b.example:8080';
  expect(loadConfig(configSchema, { ...needed, TRUSTED_ORIGINS })).toMatchObject({
    TRUSTED_ORIGINS,
  });
});

test('every variable says what it is, and secrets say where they live', () => {
  for (const [name, schema] of Object.entries(configSchema.shape))
    expect(variableMeta(schema).description, name).toBeTruthy();
  expect(variableMeta(configSchema.shape.DATABASE_URL).secret).toBe('database-secrets');
  expect(variableMeta(configSchema.shape.AUTH_SECRET).secret).toBe('auth-secrets');
});
