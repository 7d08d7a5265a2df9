'use client';

import { useCallback, useEffect, useState } from 'react';
import { ApiError } from '../http/api-error.ts';
import { forgetDrafts } from '../shell/draft.ts';
import { currentUser, signOut } from './auth-api.ts';
import type { SessionUser } from './session-user.ts';

export type SessionState =
  | { status: 'signedIn'; user: SessionUser }
  | { status: 'signedOut'; expired: boolean }
  /** Nobody knows yet, because the backend did not answer. */
  | { status: 'unknown'; problem?: string };

export interface Session {
  state: SessionState;
  signedIn: (user: SessionUser) => void;
  /** Called by whoever got a 401: the page asks to sign in, and nothing typed is lost. */
  expire: () => void;
  leave: () => Promise<void>;
  check: () => Promise<void>;
}

/** @param initial what the server knew when it rendered the page */
export function useSession(initial: SessionState): Session {
  const [state, setState] = useState(initial);

  const signedIn = useCallback((user: SessionUser) => setState({ status: 'signedIn', user }), []);
  const expire = useCallback(() => setState({ status: 'signedOut', expired: true }), []);

  const check = useCallback(async () => {
    try {
      const user = await currentUser();
      setState((now) => {
        if (user)
          return now.status === 'signedIn' && now.user.id === user.id
            ? now
            : { status: 'signedIn', user };
        return now.status === 'signedOut'
          ? now
          : { status: 'signedOut', expired: now.status === 'signedIn' };
      });
    } catch (error) {
      const problem = error instanceof ApiError ? error.message : undefined;
      // A page that is open stays open: its own requests will tell.
      setState((now) =>
        now.status === 'unknown' ? { status: 'unknown', ...(problem && { problem }) } : now,
      );
    }
  }, []);

  const userId = state.status === 'signedIn' ? state.user.id : undefined;
  const leave = useCallback(async () => {
    await signOut();
    if (userId) forgetDrafts(userId);
    history.replaceState(null, '', '/');
    setState({ status: 'signedOut', expired: false });
  }, [userId]);

  useEffect(() => {
    const onVisible = () => {
      if (document.visibilityState === 'visible') void check();
    };
    onVisible();
    document.addEventListener('visibilitychange', onVisible);
    return () => document.removeEventListener('visibilitychange', onVisible);
  }, [check]);

  return { state, signedIn, expire, leave, check };
}
