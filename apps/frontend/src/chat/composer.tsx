'use client';

import { useState, type KeyboardEvent, type RefObject } from 'react';
import { useDraft } from '../shell/draft.ts';
import { ArrowUpIcon, StopIcon } from '../shell/icons.tsx';
import type { Chat } from './use-chat.ts';

interface ComposerProps {
  chat: Chat;
  userId: string;
  inputRef: RefObject<HTMLTextAreaElement | null>;
}

/** The contract's limit for a message. */
const MAX_LENGTH = 4000;

export function Composer({ chat, userId, inputRef }: ComposerProps) {
  const [text, setText] = useDraft(`${userId}:message`);
  const [problem, setProblem] = useState<string>();
  const writing = chat.status === 'streaming';

  const submit = async () => {
    const message = text.trim();
    if (!message || chat.status !== 'idle') return;
    setText('');
    setProblem(undefined);
    const refused = await chat.ask(message);
    if (!refused) return;
    setText(text);
    setProblem(refused);
    inputRef.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && writing) chat.stop();
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  };

  return (
    <form
      className="border-rule border-t p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {problem && (
        <p role="alert" className="text-danger px-2 pb-2">
          {problem}
        </p>
      )}
      <div className="border-edge focus-within:border-pen focus-within:outline-pen flex items-end gap-1 rounded-xl border p-1 focus-within:outline-2 focus-within:outline-offset-1">
        <textarea
          ref={inputRef}
          rows={1}
          aria-label="Message to the assistant"
          placeholder="Ask, or say what to do"
          enterKeyHint="send"
          maxLength={MAX_LENGTH}
          className="field-sizing-content max-h-40 min-h-11 min-w-0 flex-1 resize-none bg-transparent px-3 py-2.5 outline-none"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {writing ? (
          <button
            type="button"
            className="button button-pen size-11 px-0"
            aria-label="Stop the answer"
            title="Stop (Esc)"
            onClick={() => {
              chat.stop();
              inputRef.current?.focus();
            }}
          >
            <StopIcon />
          </button>
        ) : (
          <button
            type="submit"
            className="button button-pen size-11 px-0"
            aria-label="Send"
            title="Send (Enter)"
            disabled={!text.trim()}
          >
            <ArrowUpIcon />
          </button>
        )}
      </div>
    </form>
  );
}
