import { headers } from 'next/headers';
import { z } from 'zod';
import { renderSession } from '../server/render-session.ts';
import { serverApp } from '../server/server-app.ts';
import { TodoApp } from '../shell/todo-app.tsx';

const query = z.object({ conversation: z.uuid().optional().catch(undefined) });

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const incoming = await headers();
  const forwarded = Object.fromEntries(
    ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-for', 'x-request-id'].flatMap((name) => {
      const value = incoming.get(name);
      return value ? [[name, value]] : [];
    }),
  );
  const session = await renderSession(
    serverApp().config.BACKEND_URL,
    incoming.get('cookie'),
    forwarded,
  );
  return (
    <TodoApp session={session} conversationId={query.parse(await searchParams).conversation} />
  );
}
