import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, loadConfig, variableMeta } from './config.ts';
import { serverVariables } from './server-variables.ts';

const schema = z.object({
  ...serverVariables(8000),
  DATABASE_URL: z
    .url()
    .describe('PostgreSQL connection string')
    .meta({ secret: 'database-secrets' }),
  API_KEY: z.string().describe('Key of the model').meta({ secret: 'api-keys' }).optional(),
});

describe('loadConfig', () => {
  it('fills in defaults, reads numbers, and takes an empty string as unset', () => {
    const config = loadConfig(schema, {
      DATABASE_URL: 'postgres://db/todo',
      PORT: '',
      SHUTDOWN_GRACE_MS: '250',
      API_KEY: ' ',
      UNKNOWN: 'x',
    });
    expect(config).toEqual({
      DATABASE_URL: 'postgres://db/todo',
      PORT: 8000,
      HOST: '0.0.0.0',
      LOG_LEVEL: 'info',
      SHUTDOWN_GRACE_MS: 250,
    });
  });

  it('names every wrong or missing variable, what was expected and where it is set', () => {
    const fault = (() => {
      try {
        loadConfig(schema, { PORT: 'many', LOG_LEVEL: 'loud' });
      } catch (error) {
        return error;
      }
    })();
    expect(fault).toBeInstanceOf(ConfigError);
    const { message, variables } = fault as ConfigError;
    expect(variables.toSorted()).toEqual(['DATABASE_URL', 'LOG_LEVEL', 'PORT']);
    expect(message).toContain(
      'DATABASE_URL: is not set. Expected: PostgreSQL connection string. Set it in the environment or .env (in the cluster: Secret database-secrets).',
    );
    expect(message).toMatch(/LOG_LEVEL: .*trace/);
    expect(message).toMatch(/PORT: .*Port to listen on/);
  });

  it('never prints the value of a wrong variable', () => {
    expect(() => loadConfig(schema, { DATABASE_URL: 'hunter2' })).toThrow(/DATABASE_URL/);
    expect(() => loadConfig(schema, { DATABASE_URL: 'hunter2' })).not.toThrow(/hunter2/);
  });
});

it('finds description and secret under optional and default', () => {
  expect(variableMeta(schema.shape.API_KEY)).toEqual({
    description: 'Key of the model',
    secret: 'api-keys',
  });
});
