export { EmbeddedPostgresError } from './error.ts';
export { startPostgres, type Postgres, type StartOptions } from './start.ts';
export { createTestDatabase } from './test-database.ts';
