'use client';

import { useRef, useState } from 'react';
import { HistoryIcon, PlusIcon } from '../shell/icons.tsx';
import { ChatAnnouncer } from './chat-announcer.tsx';
import { ChatWelcome } from './chat-welcome.tsx';
import { Composer } from './composer.tsx';
import { ConversationList } from './conversation-list.tsx';
import { MessageLog } from './message-log.tsx';
import type { Chat } from './use-chat.ts';

interface ChatPaneProps {
  chat: Chat;
  userId: string;
  onSignedOut: () => void;
}

export function ChatPane({ chat, userId, onSignedOut }: ChatPaneProps) {
  const [browsing, setBrowsing] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const historyButton = useRef<HTMLButtonElement>(null);

  const closeHistory = (focus: { current: HTMLElement | null }) => {
    setBrowsing(false);
    requestAnimationFrame(() => focus.current?.focus());
  };

  if (browsing)
    return (
      <ConversationList
        currentId={chat.conversationId}
        onSignedOut={onSignedOut}
        onClose={() => closeHistory(historyButton)}
        onOpen={(id) => {
          if (id !== chat.conversationId) void chat.open(id);
          closeHistory(input);
        }}
        onRemoved={(id) => {
          if (id === chat.conversationId) chat.startNew();
        }}
      />
    );

  return (
    <section aria-labelledby="chat-heading" className="flex h-full min-h-0 flex-col">
      <header className="border-rule flex min-h-16 items-center gap-1 border-b py-2 pr-2 pl-5">
        <h2 id="chat-heading" className="min-w-0 flex-1 truncate font-semibold">
          {chat.title ?? 'Assistant'}
        </h2>
        <button
          ref={historyButton}
          type="button"
          className="icon-button"
          aria-label="Earlier conversations"
          title="Earlier conversations"
          onClick={() => setBrowsing(true)}
        >
          <HistoryIcon />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="New conversation"
          title="New conversation"
          onClick={() => {
            chat.startNew();
            input.current?.focus();
          }}
        >
          <PlusIcon />
        </button>
      </header>
      {chat.items.length > 0 ? (
        <MessageLog items={chat.items} />
      ) : (
        <ChatWelcome chat={chat} onSuggestion={(text) => void chat.ask(text)} />
      )}
      <ChatAnnouncer items={chat.items} />
      <Composer chat={chat} userId={userId} inputRef={input} />
    </section>
  );
}
