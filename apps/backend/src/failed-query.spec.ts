import { createDatabase, tasksOf } from '@todo/database';
import { describeError } from '@todo/service';
import { expect, test } from 'vitest';

test('a failed query is logged without its parameters', async () => {
  const database = createDatabase('postgresql://todo:x@127.0.0.1:1/none');
  const error = await tasksOf(database.db, 'user-7')
    .add({ title: 'secret\n    at line two\nline three' })
    .catch((caught: unknown) => caught);
  await database.close();
  expect(String((error as Error).message)).toContain('secret');
  const described = JSON.stringify(describeError(error));
  expect(described).not.toMatch(/secret|user-7|line three/);
  expect(described).toContain('insert into');
  expect(described).toContain('ECONNREFUSED');
  expect(described).toContain('tasks.ts');
});
