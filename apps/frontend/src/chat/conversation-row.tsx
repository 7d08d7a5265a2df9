'use client';

import type { Conversation } from '@todo/contracts';
import { useState } from 'react';
import { TrashIcon } from '../shell/icons.tsx';
import { timeAgo } from './time-ago.ts';

interface ConversationRowProps {
  conversation: Conversation;
  current: boolean;
  onOpen: () => void;
  onRemove: () => Promise<void>;
}

/** A conversation to open; deleting it takes a second press, since it cannot be brought back. */
export function ConversationRow({ conversation, current, onOpen, onRemove }: ConversationRowProps) {
  const [asking, setAsking] = useState(false);
  if (asking)
    return (
      <li className="border-rule flex min-h-17 flex-wrap items-center gap-1 border-b py-2">
        <p className="min-w-0 flex-1 basis-40 truncate">Delete “{conversation.title}”?</p>
        <button type="button" className="button button-danger" onClick={() => void onRemove()}>
          Delete
        </button>
        <button
          autoFocus
          type="button"
          className="button button-quiet"
          onClick={() => setAsking(false)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            setAsking(false);
          }}
        >
          Keep
        </button>
      </li>
    );
  return (
    <li className="border-rule flex min-h-17 items-center gap-1 border-b">
      <button
        type="button"
        aria-current={current || undefined}
        className="hover:text-pen aria-current:text-pen grid min-w-0 flex-1 py-2.5 text-left"
        onClick={onOpen}
      >
        <span className="truncate font-semibold">{conversation.title}</span>
        <span className="text-faded text-sm">
          {current ? 'Open now' : timeAgo(conversation.updatedAt)}
        </span>
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={`Delete conversation ${conversation.title}`}
        onClick={() => setAsking(true)}
      >
        <TrashIcon />
      </button>
    </li>
  );
}
