import { createRoute, z } from '@hono/zod-openapi';
import { conversationList, conversationWithMessages } from '@todo/contracts';
import { conversationsOf, type Db } from '@todo/database';
import type { MiddlewareHandler } from 'hono';
import type { BackendEnv } from '../backend-env.ts';
import { createRouter, problemResponse, sessionProblems } from '../router.ts';
import { conversationNotFound } from './not-found.ts';

const tags = ['conversations'];
const params = z.object({ id: z.string() });
const unknown = problemResponse("There is no such conversation, or it is somebody else's.");

const listConversations = createRoute({
  method: 'get',
  path: '/api/conversations',
  tags,
  summary: "The signed-in user's conversations, the latest used first.",
  responses: {
    200: {
      description: 'All conversations, without messages.',
      content: { 'application/json': { schema: conversationList } },
    },
    ...sessionProblems,
  },
});
const getConversation = createRoute({
  method: 'get',
  path: '/api/conversations/{id}',
  tags,
  summary: 'A conversation with its messages, oldest first.',
  request: { params },
  responses: {
    200: {
      description: 'The conversation.',
      content: { 'application/json': { schema: conversationWithMessages } },
    },
    404: unknown,
    ...sessionProblems,
  },
});
const removeConversation = createRoute({
  method: 'delete',
  path: '/api/conversations/{id}',
  tags,
  summary: 'Delete a conversation and its messages.',
  request: { params },
  responses: { 204: { description: 'It is gone.' }, 404: unknown, ...sessionProblems },
});

/** Conversations of the signed-in user; the chat begins and continues them. */
export function conversationRoutes(db: Db, signedIn: MiddlewareHandler<BackendEnv>) {
  const router = createRouter();
  router.use('/api/conversations/*', signedIn);
  router.openapi(listConversations, async (c) => {
    return c.json({ conversations: await conversationsOf(db, c.var.user.id).list() }, 200);
  });
  router.openapi(getConversation, async (c) => {
    const conversation = await conversationsOf(db, c.var.user.id).get(c.req.param('id'));
    if (!conversation) throw conversationNotFound();
    return c.json(conversation, 200);
  });
  router.openapi(removeConversation, async (c) => {
    const removed = await conversationsOf(db, c.var.user.id).remove(c.req.param('id'));
    if (!removed) throw conversationNotFound();
    return c.body(null, 204);
  });
  return router;
}
