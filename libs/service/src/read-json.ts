import type { Context } from 'hono';
import type { z } from 'zod';
import { HttpProblem } from './http-problem.ts';

/**
 * The request's JSON body, parsed by a schema.
 * @throws HttpProblem 400 when the body is not JSON or does not fit the schema
 */
export async function readJson<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  let body: unknown;
  try {
    body = JSON.parse(await c.req.text());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new HttpProblem(
      400,
      'malformed_json',
      'The request is not valid.',
      'The body is not JSON.',
    );
  }
  const result = schema.safeParse(body);
  if (!result.success) throw HttpProblem.ofInput(result.error);
  return result.data;
}
