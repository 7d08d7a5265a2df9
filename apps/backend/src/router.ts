import { OpenAPIHono } from '@hono/zod-openapi';
import { problem } from '@todo/contracts';
import { HttpProblem } from '@todo/service';
import type { BackendEnv } from './backend-env.ts';

/** An empty router whose routes describe themselves and refuse invalid input with a 400 problem. */
export function createRouter() {
  return new OpenAPIHono<BackendEnv>({
    defaultHook: (result) => {
      if (!result.success) throw HttpProblem.ofInput(result.error);
    },
  });
}
export type Router = ReturnType<typeof createRouter>;

/** An OpenAPI response with problem details. */
export function problemResponse(description: string) {
  return { description, content: { 'application/problem+json': { schema: problem } } };
}

/** The responses that every route behind a session can give. */
export const sessionProblems = {
  401: problemResponse('Not signed in.'),
  403: problemResponse('Sent by a page of a foreign origin.'),
  503: problemResponse('The database cannot be reached now; Retry-After says when to try again.'),
};
