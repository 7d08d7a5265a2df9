'use client';

import type { Conversation } from '@todo/contracts';
import { useCallback, useEffect, useState } from 'react';
import { ApiError } from '../http/api-error.ts';
import { listConversations, removeConversation } from './conversations-api.ts';

export type Conversations =
  | { status: 'loading' }
  | { status: 'failed'; problem: string }
  | { status: 'ready'; conversations: Conversation[] };

/** The stored conversations, loaded when the list is opened, latest first. */
export function useConversations(onSignedOut: () => void) {
  const [state, setState] = useState<Conversations>({ status: 'loading' });

  const fail = useCallback(
    (error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      if (error.signedOut) onSignedOut();
      else setState({ status: 'failed', problem: error.message });
    },
    [onSignedOut],
  );

  const load = useCallback(
    () =>
      listConversations().then(
        (conversations) =>
          setState({
            status: 'ready',
            conversations: conversations.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt)),
          }),
        fail,
      ),
    [fail],
  );

  const remove = useCallback(
    async (id: string) => {
      try {
        await removeConversation(id);
        await load();
      } catch (error) {
        fail(error);
      }
    },
    [fail, load],
  );

  useEffect(() => {
    void load();
  }, [load]);

  return { state, load, remove };
}
