'use client';

import type { Chat } from './use-chat.ts';

interface ChatWelcomeProps {
  chat: Chat;
  onSuggestion: (text: string) => void;
}

const SUGGESTIONS = [
  'Remind me to buy milk',
  'What do I have to do?',
  'I need to call the dentist',
];

/** The pane before the first message: loading, failed to open, or an invitation. */
export function ChatWelcome({ chat, onSuggestion }: ChatWelcomeProps) {
  if (chat.status === 'opening')
    return (
      <div role="status" className="grid flex-1 content-end gap-4 p-5">
        <span className="sr-only">The conversation is loading.</span>
        <span className="skeleton h-12 w-3/5 justify-self-end rounded-2xl" />
        <span className="skeleton h-4 w-4/5" />
        <span className="skeleton h-4 w-3/5" />
      </div>
    );
  if (chat.status === 'failed')
    return (
      <div role="alert" className="grid flex-1 content-center justify-items-start gap-4 p-5">
        <p>This conversation could not be opened. {chat.problem}</p>
        <button
          type="button"
          className="button button-pen"
          onClick={() => chat.conversationId && void chat.open(chat.conversationId)}
        >
          Try again
        </button>
      </div>
    );
  return (
    <div className="grid min-h-0 flex-1 content-end gap-5 overflow-y-auto p-5">
      <p className="text-2xl leading-8 font-bold tracking-tight text-balance">
        Tell me what’s on your mind, and I’ll keep the list.
      </p>
      <ul aria-label="Suggestions" className="border-rule border-t">
        {SUGGESTIONS.map((text) => (
          <li key={text} className="border-rule border-b">
            <button
              type="button"
              className="text-pen hover:bg-wash min-h-12 w-full text-left font-semibold"
              onClick={() => onSuggestion(text)}
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
