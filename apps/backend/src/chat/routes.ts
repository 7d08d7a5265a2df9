import { createRoute } from '@hono/zod-openapi';
import { AGENT_AUDIENCE, chatEvent, chatRequest, MCP_AUDIENCE } from '@todo/contracts';
import { conversationsOf, type ConversationRepository, type Db } from '@todo/database';
import type { MiddlewareHandler } from 'hono';
import type { Auth } from '../auth/auth.ts';
import { mintToken } from '../auth/mint-token.ts';
import { conversationNotFound } from '../conversations/not-found.ts';
import type { BackendEnv } from '../backend-env.ts';
import { createRouter, problemResponse, sessionProblems } from '../router.ts';
import type { RunAgent } from './agent-client.ts';
import type { Answers } from './answers.ts';
import { titleOf } from './title.ts';

const TOKEN_LIFETIME_SECONDS = 120;
/** How many of the latest messages the agent gets to see. */
const HISTORY = 100;

const chat = createRoute({
  method: 'post',
  path: '/api/chat',
  tags: ['chat'],
  summary: 'Say something to the assistant; its answer is streamed.',
  request: { body: { required: true, content: { 'application/json': { schema: chatRequest } } } },
  responses: {
    200: {
      description:
        'Server-sent events: `conversation` first, then `delta` and `tool`, and `done` or `error` last.',
      content: { 'text/event-stream': { schema: chatEvent } },
    },
    400: problemResponse('The input is not valid.'),
    404: problemResponse("There is no such conversation, or it is somebody else's."),
    ...sessionProblems,
  },
});

export interface ChatDeps {
  db: Db;
  auth: Auth;
  issuer: string;
  runAgent: RunAgent;
  answers: Answers;
}

/** The chat: keeps the message, asks the agent on the user's behalf, streams and keeps the answer. */
export function chatRoutes(deps: ChatDeps, signedIn: MiddlewareHandler<BackendEnv>) {
  const { db, auth, issuer, runAgent, answers } = deps;
  const router = createRouter();
  router.use('/api/chat', signedIn);
  router.openapi(chat, async (c) => {
    const { message, conversationId } = c.req.valid('json');
    const userId = c.var.user.id;
    const conversations = conversationsOf(db, userId);
    const conversation = await openConversation(conversations, conversationId, message);
    await conversations.addMessage(conversation.id, { role: 'user', content: message });
    const { token } = await mintToken(auth, {
      userId,
      issuer,
      audience: [AGENT_AUDIENCE, MCP_AUDIENCE],
      lifetimeSeconds: TOKEN_LIFETIME_SECONDS,
    });
    const history = [...conversation.messages, { role: 'user' as const, content: message }]
      .filter(({ content }) => content !== '')
      .map(({ role, content }) => ({ role, content }))
      .slice(-HISTORY);
    const stream = answers.begin({
      conversationId: conversation.id,
      events: runAgent({ messages: history, token, requestId: c.var.requestId }),
      store: (content) => conversations.addMessage(conversation.id, { role: 'assistant', content }),
      logger: c.var.logger,
    });
    return new Response(stream, {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
        // Proxies that know it pass each event on at once.
        'x-accel-buffering': 'no',
      },
    });
  });
  return router;
}

async function openConversation(
  conversations: ConversationRepository,
  id: string | undefined,
  message: string,
) {
  if (id === undefined)
    return { ...(await conversations.add({ title: titleOf(message) })), messages: [] };
  const conversation = await conversations.get(id);
  if (!conversation) throw conversationNotFound();
  return conversation;
}
