'use client';

import { useState } from 'react';
import { AuthScreen } from '../auth/auth-screen.tsx';
import { useSession, type SessionState } from '../auth/use-session.ts';
import { ToastProvider } from './toast.tsx';
import { Unreachable } from './unreachable.tsx';
import { Workspace } from './workspace.tsx';

interface TodoAppProps {
  /** What the server knew about the session when it rendered the page. */
  session: SessionState;
  conversationId: string | undefined;
}

export function TodoApp({ session: initial, conversationId }: TodoAppProps) {
  const session = useSession(initial);
  const [opened, setOpened] = useState(conversationId);
  const { state } = session;
  if (state.status === 'unknown')
    return <Unreachable problem={state.problem} onRetry={session.check} />;
  return (
    <ToastProvider>
      {state.status === 'signedIn' ? (
        <Workspace
          key={state.user.id}
          user={state.user}
          initialConversationId={opened}
          onSignedOut={session.expire}
          onLeave={session.leave}
        />
      ) : (
        <AuthScreen
          expired={state.expired}
          onSignedIn={(user) => {
            // Whoever comes back after a session has ended finds the same conversation.
            setOpened(new URLSearchParams(location.search).get('conversation') ?? undefined);
            session.signedIn(user);
          }}
        />
      )}
    </ToastProvider>
  );
}
