'use client';

import { useRef } from 'react';
import { BackIcon } from '../shell/icons.tsx';
import { ConversationRow } from './conversation-row.tsx';
import { useConversations } from './use-conversations.ts';

interface ConversationListProps {
  currentId: string | undefined;
  onOpen: (id: string) => void;
  onRemoved: (id: string) => void;
  onClose: () => void;
  onSignedOut: () => void;
}

/** Takes the chat pane's place while one looks for an earlier conversation; Escape goes back. */
export function ConversationList({
  currentId,
  onOpen,
  onRemoved,
  onClose,
  onSignedOut,
}: ConversationListProps) {
  const { state, load, remove } = useConversations(onSignedOut);
  const backButton = useRef<HTMLButtonElement>(null);
  return (
    <section
      aria-labelledby="conversations-heading"
      className="flex h-full min-h-0 flex-col"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className="border-rule flex min-h-16 items-center gap-1 border-b py-2 pr-5 pl-2">
        {/* The button that opened this list is gone from the screen, so the focus starts here. */}
        <button
          ref={backButton}
          autoFocus
          type="button"
          className="icon-button"
          aria-label="Back to the chat"
          onClick={onClose}
        >
          <BackIcon />
        </button>
        <h2 id="conversations-heading" className="font-semibold">
          Conversations
        </h2>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-6">
        {state.status === 'loading' && (
          <p role="status" className="text-faded py-5">
            Loading…
          </p>
        )}
        {state.status === 'failed' && (
          <div role="alert" className="grid justify-items-start gap-3 py-5">
            <p>{state.problem}</p>
            <button type="button" className="button button-pen" onClick={() => void load()}>
              Try again
            </button>
          </div>
        )}
        {state.status === 'ready' && state.conversations.length === 0 && (
          <p className="text-faded py-5">
            No conversations yet. What you talk about with the assistant is kept here.
          </p>
        )}
        {state.status === 'ready' && state.conversations.length > 0 && (
          <ul aria-labelledby="conversations-heading">
            {state.conversations.map((conversation) => (
              <ConversationRow
                key={conversation.id}
                conversation={conversation}
                current={conversation.id === currentId}
                onOpen={() => onOpen(conversation.id)}
                onRemove={async () => {
                  backButton.current?.focus();
                  await remove(conversation.id);
                  onRemoved(conversation.id);
                }}
              />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
